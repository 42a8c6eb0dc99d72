"""Evaluates expressions in the namespace of healthcheck.py, one JSON request a line.

A request is {"expression", "variables", "files", "overrides"}. With files given, the script reads
those and finds no other: so its checks meet a made-up /proc without a switch for it in the script
itself. Overrides are expressions that stand in for its functions during one request. Every answer is
{"value"} or {"error", "message"}.
"""

import functools
import importlib.util
import json
import sys


def load(path):
    spec = importlib.util.spec_from_file_location("healthcheck", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def reader_of(files):
    def read(path, most=0):
        if path not in files:
            raise FileNotFoundError(2, "no such file", path)
        if files[path] is None:
            raise PermissionError(13, "may not be read", path)
        return files[path]

    return read


def plain(value):
    return sorted(value) if isinstance(value, set) else str(value)


def answer(module, request):
    names = vars(module)
    for value in list(names.values()):
        if isinstance(value, functools._lru_cache_wrapper):
            value.cache_clear()
    kept = dict(names)
    try:
        overrides = {name: eval(text, names) for name, text in request.get("overrides", {}).items()}
        if "files" in request:
            overrides["read"] = reader_of(request["files"])
        names.update(overrides)
        return {"value": eval(request["expression"], names, request["variables"])}
    except Exception as error:
        return {"error": type(error).__name__, "message": str(error)}
    finally:
        names.clear()
        names.update(kept)


healthcheck = load(sys.argv[1])
for line in sys.stdin:
    print(json.dumps(answer(healthcheck, json.loads(line)), default=plain), flush=True)
