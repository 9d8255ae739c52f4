"""The manifests of deploy/kubernetes: valid, sealed, and true to the code and to the compose file."""

from __future__ import annotations

from typing import Any

import jsonschema
import kubernetes_validate
import pytest
from kubernetes import OVERLAYS, Document, built, documents, named, pods, written
from stack import services

from workers.celery import STAGES
from workers.cli.app import COMMANDS
from workers.settings import Settings, variable

# Kinds that the cluster gets from others, and what we use of them.
NAMED = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}
TRIGGER = {
    "type": "object",
    "additionalProperties": False,
    "required": ["type", "name", "metricType", "metadata", "authenticationRef"],
    "properties": {
        "type": {"const": "postgresql"},
        "name": {"type": "string"},
        "metricType": {"enum": ["AverageValue", "Value"]},
        "metadata": {
            "type": "object",
            "additionalProperties": False,
            "required": ["query", "targetQueryValue"],
            "properties": {
                "query": {"type": "string", "pattern": "^SELECT "},
                "targetQueryValue": {"type": "string", "pattern": "^[0-9]+$"},
                "activationTargetQueryValue": {"type": "string"},
            },
        },
        "authenticationRef": NAMED,
    },
}
SPECS: dict[str, Any] = {
    "ScaledObject": {
        "type": "object",
        "additionalProperties": False,
        "required": ["scaleTargetRef", "triggers"],
        "properties": {
            "scaleTargetRef": NAMED,
            "minReplicaCount": {"const": 1},
            "maxReplicaCount": {"type": "integer", "minimum": 2},
            "pollingInterval": {"type": "integer", "minimum": 1},
            "cooldownPeriod": {"type": "integer", "minimum": 0},
            "fallback": {"type": "object", "required": ["failureThreshold", "replicas"]},
            "advanced": {"type": "object", "properties": {"horizontalPodAutoscalerConfig": {"type": "object"}}},
            "triggers": {"type": "array", "minItems": 1, "items": TRIGGER},
        },
    },
    "TriggerAuthentication": {
        "type": "object",
        "additionalProperties": False,
        "required": ["secretTargetRef"],
        "properties": {
            "secretTargetRef": {
                "type": "array",
                "items": {"type": "object", "required": ["parameter", "name", "key"], "maxProperties": 3},
            }
        },
    },
    "PodMonitor": {
        "type": "object",
        "additionalProperties": False,
        "required": ["selector", "podMetricsEndpoints"],
        "properties": {"selector": {"type": "object"}, "podMetricsEndpoints": {"type": "array", "minItems": 1}},
    },
    "ServiceMonitor": {
        "type": "object",
        "additionalProperties": False,
        "required": ["selector", "endpoints"],
        "properties": {"selector": {"type": "object"}, "endpoints": {"type": "array", "minItems": 1}},
    },
}
VERSIONS = {
    "ScaledObject": "keda.sh/v1alpha1",
    "TriggerAuthentication": "keda.sh/v1alpha1",
    "PodMonitor": "monitoring.coreos.com/v1",
    "ServiceMonitor": "monitoring.coreos.com/v1",
}


def check(document: Document) -> None:
    """Refuse what is no valid document of its kind, unknown fields included."""
    if document["kind"] in SPECS:
        assert document["apiVersion"] == VERSIONS[document["kind"]]
        jsonschema.validate(document["spec"], SPECS[document["kind"]])
    else:
        kubernetes_validate.validate(document, kubernetes_validate.latest_version(), strict=True)


@pytest.mark.parametrize("document", [pytest.param(document, id=named(document)) for document in written()])
def test_a_document_is_valid(document: Document) -> None:
    check(document)


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_an_overlay_is_built_and_valid(overlay: str) -> None:
    found = documents(built(overlay))
    assert len({named(document) for document in found}) == len(found)
    for document in found:
        check(document)
        assert document["metadata"].get("namespace") == "wireroom"


def test_a_field_that_does_not_exist_is_noticed() -> None:
    [deployment] = [document for document in written() if named(document) == "Deployment/wireroom-sink"]
    with pytest.raises(kubernetes_validate.ValidationError):
        check({**deployment, "spec": {**deployment["spec"], "replica": 1}})


PODS = [pytest.param(document, pod, id=name) for name, document, pod in pods()]
OURS = [pytest.param(document, pod, id=name) for name, document, pod in pods() if name not in ("redis", "postgres")]


@pytest.mark.parametrize(("document", "pod"), PODS)
def test_a_pod_is_sealed(document: Document, pod: dict[str, Any]) -> None:
    assert pod["automountServiceAccountToken"] is False
    assert pod["enableServiceLinks"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["runAsUser"] > 0
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    for container in pod["containers"]:
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert container["resources"]["limits"]["memory"]
        assert container["resources"]["requests"].keys() == {"cpu", "memory"}
    assert not {"hostNetwork", "hostPID", "hostIPC"} & pod.keys()


@pytest.mark.parametrize(("document", "pod"), [each for each in PODS if each.values[0]["kind"] != "Job"])
def test_what_runs_on_tells_whether_it_works_and_may_be_moved(document: Document, pod: dict[str, Any]) -> None:
    [container] = pod["containers"]
    assert {"startupProbe", "readinessProbe", "livenessProbe"} <= container.keys()
    if container.get("command", [""])[0] == "celery":
        probes = [container[name]["exec"]["command"] for name in ("startupProbe", "readinessProbe", "livenessProbe")]
        assert probes == [["python", "-m", "workers.health"]] * 3
    component = document["spec"]["template"]["metadata"]["labels"]["app.kubernetes.io/component"]
    assert document["spec"]["selector"]["matchLabels"]["app.kubernetes.io/component"] == component
    if document["kind"] == "Deployment":
        budgets = [each["spec"] for each in written() if each["kind"] == "PodDisruptionBudget"]
        mine = [each for each in budgets if each["selector"]["matchLabels"]["app.kubernetes.io/component"] == component]
        assert [each["maxUnavailable"] for each in mine] == [1]


def test_there_is_a_deployment_for_each_stage_beat_and_the_console() -> None:
    found = {name for name, document, _ in pods() if document["kind"] == "Deployment"}
    assert found == {*STAGES, "beat", "console"}


@pytest.mark.parametrize("stage", [*STAGES, "beat"])
def test_a_stage_runs_and_stops_as_in_the_compose_file(stage: str) -> None:
    [(document, pod)] = [(document, pod) for name, document, pod in pods() if name == stage]
    assert pod["containers"][0]["command"] == services()[stage]["command"]
    grace = int(services()[stage]["stop_grace_period"].rstrip("s"))
    assert pod["terminationGracePeriodSeconds"] == grace
    if stage == "beat":
        assert document["spec"]["replicas"] == 1
        assert document["spec"]["strategy"] == {"type": "Recreate"}


def test_what_keda_scales_has_no_number_of_its_own() -> None:
    scaled = {each["spec"]["scaleTargetRef"]["name"] for each in written() if each["kind"] == "ScaledObject"}
    assert scaled == {"wireroom-fetch", "wireroom-parse"}
    for document in written():
        if document["kind"] == "Deployment":
            assert ("replicas" in document["spec"]) == (document["metadata"]["name"] not in scaled)


@pytest.mark.parametrize(("document", "pod"), OURS)
def test_a_command_is_one_of_ours(document: Document, pod: dict[str, Any]) -> None:
    program, word = pod["containers"][0]["command"][:2]
    if program == "wireroom" and word not in COMMANDS:
        pytest.skip(f"this version has no command `wireroom {word}`")
    assert program in ("celery", "wireroom")


def test_every_variable_is_a_setting_and_no_secret_is_written() -> None:
    names = {name for document in written() if document["kind"] == "ConfigMap" for name in document["data"]}
    names |= {each["name"] for _, _, pod in pods() for each in pod["containers"][0].get("env", [])}
    ours = {name for name in names if name.startswith("WIREROOM_")} - {"WIREROOM_SECRETS_DIR"}
    if "metrics_listen" not in Settings.model_fields:
        ours -= {"WIREROOM_METRICS_LISTEN"}
    assert ours - {variable(name) for name in Settings.model_fields} == set()
    assert [document for document in written() if document["kind"] == "Secret"] == []


def test_only_fetch_reaches_the_web() -> None:
    policies = {each["metadata"]["name"]: each["spec"] for each in written() if each["kind"] == "NetworkPolicy"}
    assert policies["wireroom-nothing"]["policyTypes"] == ["Ingress", "Egress"]
    assert not {"ingress", "egress"} & policies["wireroom-nothing"].keys()
    far = {
        name: spec
        for name, spec in policies.items()
        if any("ipBlock" in to for rule in spec.get("egress", ()) for to in rule.get("to", ()))
    }
    assert far.keys() == {"wireroom-web"}
    assert far["wireroom-web"]["podSelector"] == {"matchLabels": {"app.kubernetes.io/component": "fetch"}}
