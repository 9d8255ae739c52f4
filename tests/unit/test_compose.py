"""The compose file, the image and .env.example: valid, sealed, and true to the code that they name."""

from __future__ import annotations

import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator
from importlib.util import find_spec

import pytest
from stack import COMPOSE, ROOT, VARIABLE, once, ours, services, stack, understand

from workers.celery import STAGES
from workers.celery import app as workers
from workers.settings import Settings, variable

EXAMPLE = (ROOT / ".env.example").read_text("utf-8")
DOCKERFILE = (ROOT / "deploy/Dockerfile").read_text("utf-8")
# What is no setting of ours: the image's tag, and the folder that settings may be read from.
BESIDES = {"TAG", "CONSOLE_PORT", "GRAFANA_PORT", "WIREROOM_SECRETS_DIR"}
# What is reached from outside of Docker, at 127.0.0.1 alone.
PUBLISHED = {"console", "grafana"}
# MB of the process that starts a worker's others, most of which it shares with them.
FIRST_PROCESS = 100
KNOWN = {variable(name) for name in Settings.model_fields} | BESIDES


def tool(name: str) -> str:
    """A linter of the developers' environment, or a skip that names it."""
    found = shutil.which(name, path=sysconfig.get_path("scripts")) or shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def test_the_file_is_valid_by_the_compose_specification() -> None:
    command = [tool("check-jsonschema"), "--builtin-schema", "vendor.compose-spec", str(COMPOSE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("profile", [(), ("--profile", "demo"), ("--profile", "flower")])
def test_compose_itself_understands_the_file(profile: tuple[str, ...]) -> None:
    docker = tool("docker")
    if subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode:
        pytest.skip("docker has no compose plugin here")
    command = [docker, "compose", "--file", str(COMPOSE), *profile, "config", "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_linter_has_nothing_to_say_about_the_image() -> None:
    done = subprocess.run([tool("hadolint"), str(ROOT / "deploy/Dockerfile")], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_image_is_built_by_any_docker() -> None:
    assert not re.search(r"^# *syntax *=|<<|--mount", DOCKERFILE, re.M)
    assert set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.M)) == {"python:3.13-slim-trixie"}
    assert re.search(r"^USER 10001:10001$", DOCKERFILE, re.M)
    installs = [
        step for step in re.split(r"^(?=[A-Z]+ )", DOCKERFILE, flags=re.M) if '"install"' in step and "pip" in step
    ]
    assert [step for step in installs if "--require-hashes" not in step and "--no-index" not in step] == []
    assert len(installs) == 3


def test_the_image_has_what_its_file_copies() -> None:
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.M)
    names = {name for names in copied for name in names.split()}
    assert names == kept
    assert [name for name in names if not (ROOT / name).exists()] == []


def test_there_is_a_service_for_each_stage_and_a_beat() -> None:
    running = {tuple(service["command"][3:6]) for service in ours().values() if service["command"][0] == "celery"}
    assert running == {("worker", "-Q", stage) for stage in STAGES} | {("beat", "--loglevel", "INFO")}
    assert set(STAGES) < set(services())


@pytest.mark.parametrize("name", sorted(services()))
def test_a_service_is_sealed(name: str) -> None:
    service = services()[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["mem_limit"] and service["pids_limit"]
    assert service["logging"]["options"] == {"max-size": "10m", "max-file": "3"}
    assert "privileged" not in service and "cap_add" not in service


@pytest.mark.parametrize("name", sorted(services()))
def test_a_service_can_be_scaled_or_is_published_on_this_machine_alone(name: str) -> None:
    assert not {"container_name", "hostname", "expose"} & services()[name].keys()
    ports = services()[name].get("ports", [])
    assert bool(ports) == (name in PUBLISHED)
    assert all(str(port).startswith("127.0.0.1:") for port in ports)


def test_what_is_published_is_on_a_network_that_can_be_reached_and_leads_nowhere() -> None:
    assert {name for name, service in services().items() if "front" in service.get("networks", ())} == PUBLISHED
    assert stack()["networks"]["front"]["driver_opts"] == {"com.docker.network.bridge.enable_ip_masquerade": "false"}


def test_images_of_others_have_a_version() -> None:
    images = {service["image"] for name, service in services().items() if name not in ours()}
    assert [image for image in images if not re.search(r":v?\d+(\.\d+)*(-alpine)?$", image)] == []


def test_what_a_service_mounts_from_the_checkout_is_there_and_cannot_be_written() -> None:
    mounts = [volume for service in services().values() for volume in service.get("volumes", ()) if volume[0] == "."]
    assert len(mounts) == 4
    for folder, _, how in (mount.split(":") for mount in mounts):
        assert (ROOT / folder).is_dir()
        assert how == "ro"


@pytest.mark.parametrize("name", sorted(services().keys() - once()))
def test_a_service_that_runs_on_tells_whether_it_works(name: str) -> None:
    check = services()[name]["healthcheck"]
    assert check["retries"] * int(check["interval"].rstrip("s")) <= 30
    assert services()[name]["restart"] == "unless-stopped"
    if services()[name].get("command", [""])[0] == "celery":
        assert check["test"] == ["CMD", "python", "-m", "workers.health"]


def test_up_wait_ends_since_somebody_waits_for_every_service_that_ends() -> None:
    awaited = {
        before
        for service in services().values()
        for before, how in service.get("depends_on", {}).items()
        if how["condition"] == "service_completed_successfully"
    }
    assert awaited == once()


def test_a_worker_starts_when_the_ledger_and_the_queue_are_there() -> None:
    for name in (*STAGES, "beat"):
        assert services()[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
        assert services()[name]["depends_on"]["redis"] == {"condition": "service_healthy"}


def test_only_fetch_and_the_demo_site_are_on_a_network_with_a_way_out() -> None:
    assert stack()["networks"]["inside"] == {"internal": True}
    assert {name for name, service in services().items() if "outside" in service.get("networks", ())} == {
        "fetch",
        "demo",
    }


def test_a_worker_may_finish_its_open_requests_before_it_is_killed() -> None:
    deadline = Settings.model_fields["fetch_deadline"].default
    assert {int(services()[stage]["stop_grace_period"].rstrip("s")) for stage in STAGES} == {45}
    assert deadline + 10 <= 45


def test_redis_forgets_nothing_by_itself() -> None:
    command = services()["redis"]["command"]
    pairs = dict(zip(command[2::2], command[3::2], strict=True))
    assert pairs["--appendonly"] == "yes"
    assert pairs["--maxmemory-policy"] == "noeviction"


def test_no_password_is_written_in_the_stack() -> None:
    given = {name for service in services().values() for name in service.get("environment", {})}
    assert {name for name in given if "PASS" in name} == {"POSTGRES_PASSWORD_FILE", "GF_SECURITY_ADMIN_PASSWORD__FILE"}
    assert not re.search(r"://[^/\s]*:[^/\s]*@|requirepass", COMPOSE.read_text("utf-8"))
    assert services()["postgres"]["environment"]["POSTGRES_PASSWORD_FILE"] == "/run/secrets/password"
    assert services()["redis"]["command"][1] == "/run/secrets/redis.conf"


def named() -> Iterator[str]:
    yield from (found[1] for found in VARIABLE.finditer(COMPOSE.read_text("utf-8")))
    for service in ours().values():
        yield from service.get("environment", {})


def test_every_variable_of_the_stack_is_a_setting() -> None:
    assert set(named()) - KNOWN == set()


def test_the_example_documents_every_setting_with_its_default() -> None:
    shown = dict(re.findall(r"^# ([A-Z_]+)=(.*)$", EXAMPLE, re.M))
    defaults = {variable(name): field.default for name, field in Settings.model_fields.items()}
    expected = {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in defaults.items()}
    assert {name: value for name, value in shown.items() if name not in BESIDES} == expected
    assert shown.keys() >= BESIDES
    said = " ".join(re.sub(r"^# ?", "", EXAMPLE, flags=re.M).split())
    assert [name for name, field in Settings.model_fields.items() if (field.description or "?") not in said] == []


def test_the_example_changes_nothing_when_it_is_used_as_it_is() -> None:
    assert [line for line in EXAMPLE.splitlines() if line and not line.startswith("#")] == []


@pytest.mark.parametrize("name", sorted(ours()))
def test_a_command_of_the_stack_is_understood(name: str) -> None:
    command = ours()[name]["command"]
    if command[0] in ("celery", "wireroom"):
        understand(command)
    else:
        assert command[0] == "python"
        assert (ROOT / command[1]).exists()


def megabytes(size: str) -> int:
    return int(size[:-1]) * {"m": 1, "g": 1024}[size[-1].lower()]


@pytest.mark.parametrize("stage", STAGES)
def test_the_processes_of_a_worker_fit_into_its_container_and_may_grow_until_they_are_replaced(stage: str) -> None:
    service = services()[stage]
    command, each = service["command"], int(service["environment"]["WIREROOM_PROCESS_MEMORY"])
    assert int(command[command.index("-c") + 1]) * each + FIRST_PROCESS <= megabytes(service["mem_limit"])
    assert each << 10 > workers.conf.worker_max_memory_per_child


def test_the_health_check_is_a_module_of_the_image() -> None:
    modules = {tuple(service["healthcheck"]["test"][2:]) for service in ours().values() if "healthcheck" in service}
    assert {name for flag, name in modules if flag == "-m"} == {"workers.health"}
    assert find_spec("workers.health") is not None
