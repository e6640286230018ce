"""Answers what osbuild itself makes of manifests: one JSON text a line in, one JSON answer a line out.

Runs osbuild's own loader (`osbuild.formats.v2.load`) on an index that knows every module, so that no schema is needed.
Before the first answer stands a line that names the versions of osbuild and Python.
"""

import json
import platform
import sys

import osbuild
from osbuild.formats import v2


class AnyModule:
    """A module of any name, as far as loading looks at it."""

    def __init__(self, name):
        self.name = name
        self.path = "/nowhere/" + name
        self.caps = set()


class AnyIndex:
    """An index that has every module and every runner."""

    def get_module_info(self, _kind, name):
        return AnyModule(name)

    def detect_runner(self, name):
        return AnyModule(name)

    def detect_host_runner(self):
        return AnyModule("org.osbuild.linux")


def identify(text):
    """The ids of a manifest's pipelines and stages, or the error that osbuild raises."""
    try:
        description = json.loads(text)
        if description.get("version", "1") != v2.VERSION:
            return {"refused": "unsupported version"}
        manifest = v2.load(description, AnyIndex())
        return {
            "pipelines": [
                {
                    "name": pipeline.name,
                    "id": pipeline.id,
                    "stages": [{"type": stage.name, "id": stage.id} for stage in pipeline.stages],
                }
                for pipeline in manifest.pipelines.values()
            ]
        }
    except Exception as error:  # pylint: disable=broad-exception-caught
        return {"refused": f"{type(error).__name__}: {error}"}


def main():
    versions = {"osbuild": osbuild.__version__, "python": platform.python_version()}
    print(json.dumps(versions), flush=True)
    for line in sys.stdin:
        print(json.dumps(identify(line)), flush=True)


main()
