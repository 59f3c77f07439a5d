"""Clients that others wrote, against `portrun mcp`: mcp_clients.py PORTRUN CLIENT MODE.

CLIENT is mcp or fastmcp. MODE is the era that the client asks for: legacy, auto, or a revision of the newer one. Each
tool is called, and what it gives is checked against the schemas that it claims. The working directory is an empty folder
of the test. The last line is `all is well`, with the revision that was agreed on.
"""

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
from importlib.metadata import version

import jsonschema
import mcp

PORTRUN, CLIENT, MODE = sys.argv[1:4]
GENERATION = int(version("mcp").split(".")[0])
TOOLS = {"status", "list", "lookup", "book", "release", "explain", "discover", "check", "wait", "doctor"}
WRITING = {"book": False, "release": True}
HERE = os.getcwd()
OTHER = os.path.join(os.path.dirname(HERE), "other")
ENVIRONMENT = {name: os.environ[name] for name in ("HOME", "PATH", "PORTRUN_REGISTRY")}
PARAMETERS = mcp.StdioServerParameters(command=PORTRUN, args=["mcp"], env=ENVIRONMENT, cwd=HERE)


def plain(value):
    """A result as its JSON, with the names of the protocol."""
    if isinstance(value, list):
        return [plain(element) for element in value]
    return value.model_dump(mode="json", by_alias=True, exclude_none=True)


class Session:
    """What the clients have in common; each method gives plain JSON."""

    def __init__(self, client, revision):
        self.client, self.revision = client, revision

    async def tools(self):
        answer = plain(await self.client.list_tools())
        return answer if isinstance(answer, list) else answer["tools"]

    async def resources(self):
        answer = plain(await self.client.list_resources())
        return answer if isinstance(answer, list) else answer["resources"]

    async def templates(self):
        answer = plain(await self.client.list_resource_templates())
        return answer if isinstance(answer, list) else answer["resourceTemplates"]

    async def read(self, uri):
        if GENERATION == 1:
            from pydantic import AnyUrl

            uri = AnyUrl(uri)
        answer = plain(await self.client.read_resource(uri))
        return answer if isinstance(answer, list) else answer["contents"]

    async def call(self, name, **arguments):
        if CLIENT == "fastmcp":
            result = await self.client.call_tool(name, arguments, raise_on_error=False)
            return result.is_error, result.structured_content, result.content[0].text
        result = plain(await self.client.call_tool(name, arguments))
        return result.get("isError", False), result.get("structuredContent"), result["content"][0]["text"]


@contextlib.asynccontextmanager
async def connected():
    if CLIENT == "fastmcp":
        import fastmcp
        from fastmcp.client.transports import StdioTransport

        transport = StdioTransport(PORTRUN, ["mcp"], env=ENVIRONMENT, cwd=HERE)
        async with fastmcp.Client(transport, mode=MODE) as client:
            yield Session(client, client.protocol_version)
    elif GENERATION == 1:
        from mcp.client.stdio import stdio_client

        async with stdio_client(PARAMETERS) as (reading, writing), mcp.ClientSession(reading, writing) as session:
            answer = await session.initialize()
            assert answer.serverInfo.name == "portrun" and answer.instructions, answer
            await session.send_ping()
            yield Session(session, answer.protocolVersion)
    else:
        async with mcp.Client(PARAMETERS, mode=MODE) as client:
            yield Session(client, client.protocol_version)


async def check_tools(session):
    tools = {tool["name"]: tool for tool in await session.tools()}
    assert set(tools) == TOOLS, sorted(tools)
    for name, tool in tools.items():
        assert tool["title"] and tool["description"], tool
        hints = tool["annotations"]
        assert hints["readOnlyHint"] == (name not in WRITING), tool
        assert hints["destructiveHint"] == WRITING.get(name, False), tool
        assert hints["idempotentHint"] and not hints["openWorldHint"], tool
        for schema in tool["inputSchema"], tool["outputSchema"]:
            jsonschema.Draft202012Validator.check_schema(schema)
        assert "checkout" in tool["inputSchema"]["properties"], tool
    return tools


async def check_calls(session, tools):
    async def give(name, **arguments):
        """What a tool gives, once it has been held against its schemas."""
        jsonschema.validate(arguments, tools[name]["inputSchema"])
        failed, structured, text = await session.call(name, **arguments)
        assert not failed, text
        assert json.loads(text) == structured, text
        jsonschema.validate(structured, tools[name]["outputSchema"])
        return structured

    async def fail(name, words, **arguments):
        failed, _, text = await session.call(name, **arguments)
        assert failed and words in text and "\nnext: " in text, text

    os.mkdir(OTHER)
    with open(os.path.join(OTHER, "package.json"), "w") as file:
        file.write("{}")
    with open("compose.yaml", "w") as file:
        file.write("services:\n  db: {image: x, ports: ['${DB_PORT:-5432}:5432']}\n")

    assert (await give("status"))["bookings"] == []
    booked = (await give("book", services=["db", "api"], description="for a test"))["bookings"]
    assert [row["service"] for row in booked] == ["db", "api"] and booked[0]["path"] == HERE, booked
    ports = {row["service"]: row["port"] for row in booked}
    there = (await give("book", services=["api"], checkout=OTHER))["bookings"][0]
    assert there["path"] == OTHER and there["port"] != ports["api"], there
    assert (await give("status", services=["api"]))["bookings"][0]["port"] == ports["api"]
    assert (await give("status", checkout="../other"))["path"] == OTHER
    assert len((await give("list"))["bookings"]) == 3
    assert (await give("lookup", services=["api"]))["bookings"] == []
    assert (await give("discover"))["ports"][0]["booked"] == ports["db"]
    explained = await give("explain", command=["./server", "--listen", ":{port:api}"])
    assert explained["arguments"][-1] == f":{ports['api']}", explained
    assert not (await give("check", port=ports["api"]))["free"]
    waited = await give("wait", services=["api", "db"], timeout=0)
    assert waited["missing"] == ["api", "db"] and waited["notices"], waited
    with socket.create_server(("127.0.0.1", ports["api"])):
        waited = await give("wait", services=["api", "db"], timeout=0)
        assert waited["missing"] == ["db"] and waited["bookings"][0]["state"] == "listening", waited
    assert isinstance((await give("doctor"))["findings"], list)

    holder = subprocess.Popen(
        [PORTRUN, "run", "api", "-q", "--", "sh", "-c", "echo ready; read line"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=ENVIRONMENT, cwd=OTHER)
    assert holder.stdout.readline() == b"ready\n"
    assert (await give("lookup", services=["api"]))["bookings"][0]["port"] == there["port"]
    await fail("release", "is held by pid", services=["api"], checkout=OTHER)
    holder.stdin.close()
    holder.wait()

    assert {row["service"] for row in (await give("release", all=True))["bookings"]} == {"db", "api"}
    await fail("release", "nothing booked for `db`", services=["db"])
    await fail("status", "cannot enter", checkout="absent")
    await fail("check", "`port` is not", port=65536)
    await fail("book", "`port` goes with one service", services=["a", "b"], port=20000)


async def check_resources(session):
    resources = {resource["uri"]: resource for resource in await session.resources()}
    other = f"portrun://ports{OTHER}"
    assert set(resources) == {f"portrun://ports{HERE}", other}, resources
    contents = await session.read(other)
    assert json.loads(contents[0]["text"])["bookings"][0]["service"] == "api", contents
    assert (await session.templates())[0]["uriTemplate"] == "portrun://ports{+path}"
    try:
        await session.read("portrun://ports/no/where")
    except Exception as error:
        assert "cannot enter" in str(error), error
    else:
        raise AssertionError("a resource that is not there was read")


async def main():
    async with connected() as session:
        tools = await check_tools(session)
        await check_calls(session, tools)
        await check_resources(session)
        print(f"all is well: {session.revision}")


asyncio.run(main())
