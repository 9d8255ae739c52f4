"""The manifests of deploy/kubernetes as tests read them: the files as they stand, and overlays as they are built."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from stack import ROOT

MANIFESTS = ROOT / "deploy/kubernetes"
OVERLAYS = ("small", "production")

Document = dict[str, Any]


def documents(text: str) -> list[Document]:
    """The documents of a YAML stream."""
    return [document for document in YAML(typ="safe").load_all(text) if document]


def files() -> list[Path]:
    """Every manifest, kustomizations aside."""
    return sorted(path for path in MANIFESTS.rglob("*.yaml") if path.name != "kustomization.yaml")


@cache
def written() -> list[Document]:
    """All documents as they are written, without what an overlay makes of them."""
    return [document for path in files() for document in documents(path.read_text("utf-8"))]


@cache
def built(overlay: str) -> str:
    """An overlay as `kubectl kustomize` builds it, or a skip that says what is missing."""
    kubectl = shutil.which("kubectl")
    if kubectl is None:
        pytest.skip("kubectl is not installed: overlays are not built")
    command = [kubectl, "kustomize", str(MANIFESTS / "overlays" / overlay)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@cache
def queries() -> dict[tuple[str, str], str]:
    """(stage, trigger) → what KEDA asks the ledger."""
    return {
        (document["spec"]["scaleTargetRef"]["name"].removeprefix("wireroom-"), trigger["name"]): trigger["metadata"][
            "query"
        ]
        for document in written()
        if document["kind"] == "ScaledObject"
        for trigger in document["spec"]["triggers"]
    }


def named(document: Document) -> str:
    """`Kind/name`."""
    return f"{document['kind']}/{document['metadata']['name']}"


def pods() -> Iterator[tuple[str, Document, dict[str, Any]]]:
    """Name, document and pod of all that runs."""
    for document in written():
        if document["kind"] in ("Deployment", "StatefulSet", "Job"):
            pod = document["spec"]["template"]["spec"]
            yield document["metadata"]["name"].removeprefix("wireroom-"), document, pod
