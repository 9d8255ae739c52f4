"""What deploy/kubernetes/README.md tells people to type: the secrets fit the manifests, and every name exists."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from kubernetes import MANIFESTS, named, pods, written
from stack import ROOT
from test_readme import parses

README = (MANIFESTS / "README.md").read_text("utf-8")
LINES = [line for block in re.findall(r"^```sh\n(.*?)^```", README, re.M | re.S) for line in block.splitlines()]
KUBECTL = [line for line in LINES if line.startswith("kubectl ")]


def test_the_runbook_draws_the_secrets_that_the_manifests_name(tmp_path: Path) -> None:
    [line] = [line for line in LINES if line not in KUBECTL]
    [python, *arguments] = shlex.split(line)
    assert python == "python"
    command = [sys.executable, str(ROOT / arguments[0]), *arguments[1:]]
    subprocess.run(command, cwd=tmp_path, check=True)
    made = {name: folder for line in KUBECTL for name, folder in re.findall(r"generic (\S+) --from-file=(\S+)", line)}
    wanted = {volume["secret"]["secretName"] for _, _, pod in pods() for volume in pod["volumes"] if "secret" in volume}
    assert made.keys() == wanted
    assert {file.name for file in (tmp_path / made["wireroom"]).iterdir()} >= {
        "wireroom_ledger_url",
        "wireroom_redis_url",
    }
    for name, document in ((each["metadata"]["name"], each) for each in written() if each["kind"] == "StatefulSet"):
        said = str(document["spec"]["template"]["spec"]["containers"])
        for file in re.findall(rf"/run/secrets/{name.removeprefix('wireroom-')}/([\w.]+)", said):
            assert (tmp_path / made[name] / file).exists()
    ledger = (tmp_path / made["wireroom"] / "wireroom_ledger_url").read_text()
    services_of_ours = {each["metadata"]["name"] for each in written() if each["kind"] == "Service"}
    assert re.search(r"@wireroom-postgres\.wireroom:5432/", ledger)
    assert {"wireroom-postgres", "wireroom-redis"} <= services_of_ours


@pytest.mark.parametrize("line", KUBECTL)
def test_a_line_of_the_runbook_names_what_exists(line: str) -> None:
    known = {named(document).lower() for document in written()}
    for kind, name in re.findall(r"\b(deployment|service|job|scaledobject)/([\w-]+)", line):
        assert f"{kind}/{name}" in known
    for folder in re.findall(r"-k (\S+)", line):
        assert (ROOT / folder / "kustomization.yaml").exists()
    command = line.partition(" -- ")[2]
    assert not command or parses(command)


def test_the_labels_that_the_runbook_sets_open_the_way_to_the_console() -> None:
    [policy] = [each for each in written() if each["metadata"]["name"] == "wireroom-visitors"]
    [rule] = policy["spec"]["ingress"]
    [[label, value]] = rule["from"][0]["namespaceSelector"]["matchLabels"].items()
    assert all(f"{label}={value}" in line for line in KUBECTL if " label namespace " in line)
    ports = {container["containerPort"] for _, _, pod in pods() for container in pod["containers"][0].get("ports", [])}
    assert {port["port"] for port in rule["ports"]} <= ports
