"""Runs the blocks of docs/ci.md: `.ci/docs-blocks` calls this with the repository and a folder to work in.

A block is fenced with a language and a name (```yaml gitlab). For each name there is a function
here of the same name, and the other way round.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree
from pathlib import Path

import yaml

ROOT, WORK = Path(sys.argv[1]), Path(sys.argv[2])

SPEC = """\
openapi: 3.0.3
info: {title: Orders, version: '1'}
paths:
  /orders:
    post:
      operationId: createOrder
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Order'}
      responses:
        '200': {description: done}
components:
  schemas:
    Order:
      type: object
      required: [id]
      properties:
        id: {type: string, maxLength: 5}
        note: {type: string}
"""
GOOD = '{\n  "id": "a-1"\n}\n'
BAD = '{\n  "id": "longer than five"\n}\n'
ODD = '{\n  "id": "a-1",\n  "nte": "x"\n}\n'
VALUE = "longer than five"

done = []


def check(what, holds, *evidence):
    """One thing that must be so; what was seen is told if it is not."""
    if not holds:
        print(f"FAILED: {what}", *evidence, sep="\n")
        print(f"{len(done)} passed, 1 failed")
        sys.exit(1)
    done.append(what)
    print(f"ok: {what}")


def run(script, where, env=None, shell=("bash", "-e")):
    """Runs a script as a service would; gives exit code, standard output and standard error."""
    environment = {**os.environ, "PATH": f"{WORK}/installed/bin:{os.environ['PATH']}", **(env or {})}
    it = subprocess.run([*shell, "-c", script], cwd=where, env=environment, capture_output=True, text=True)
    return it.returncode, it.stdout, it.stderr


def scratch(name, payload):
    """A repository with a specification and one payload, all committed."""
    where = WORK / "scratch" / name
    shutil.rmtree(where, ignore_errors=True)
    (where / "specs").mkdir(parents=True)
    (where / "payloads").mkdir()
    (where / "specs/api.yaml").write_text(SPEC)
    (where / "payloads/order.json").write_text(payload)
    commit(where)
    return where


def commit(where):
    """Commits everything, so that equal content makes an equal revision."""
    stamp = {"GIT_AUTHOR_DATE": "2000-01-01T00:00:00Z", "GIT_COMMITTER_DATE": "2000-01-01T00:00:00Z"}
    script = (
        "git init --quiet --initial-branch main . && git add --all . && "
        "git -c user.name=nobody -c user.email=nobody@localhost -c commit.gpgsign=false "
        "commit --quiet --no-verify --message scratch && git rev-parse HEAD"
    )
    code, out, err = run(script, where, stamp)
    assert code == 0, err
    return out.strip()


def blocks():
    """The blocks of the page by their names."""
    text = (ROOT / "docs/ci.md").read_text()
    found = re.findall(r"^```\w+ ([\w-]+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    names = [name for name, _ in found]
    fences = len(re.findall(r"^```\w", text, re.MULTILINE))
    check("every block of docs/ci.md has a name of its own", len(set(names)) == len(names) == fences, names)
    return dict(found)


def install(block):
    env = {"CARGO_INSTALL_ROOT": str(WORK / "installed")}
    code, out, err = run(block, ROOT, env)
    check("install: the block puts specsmith on the PATH", code == 0, out, err)
    code, out, err = run("command -v specsmith", ROOT)
    check("install: it is that one", out.strip() == f"{WORK}/installed/bin/specsmith", out, err)


def shell(block):
    code, out, err = run(block, scratch("shell-good", GOOD))
    check("shell: good payloads end with 0", code == 0, code, out, err)
    code, out, err = run(block, scratch("shell-bad", BAD))
    check("shell: bad ones end with 1", code == 1, code, out, err)
    check("shell: the place is told", "payloads/order.json:2:9" in out and "schema/max-length" in out, out)
    check("shell: values are not", VALUE not in out + err, out, err)
    where = scratch("shell-none", GOOD)
    shutil.rmtree(where / "payloads")
    code, out, err = run(block, where)
    check("shell: no files end with 2", code == 2, code, out, err)


def github(block):
    job = yaml.safe_load(block)["jobs"]["specsmith"]
    ours = next(it for it in job["steps"] if it.get("uses", "").startswith("OWNER/specsmith@"))
    upload = next(it for it in job["steps"] if "upload-sarif" in it.get("uses", ""))
    given = ours["with"]

    code, out, outputs = action(scratch("github-good", GOOD), given)
    check("github: good payloads end with 0", code == 0 and outputs["exit-code"] == "0", code, out, outputs)
    check("github: and without annotations", "::" not in out, out)
    where = scratch("github-bad", BAD)
    code, out, outputs = action(where, given)
    check("github: bad ones end with 1", code == 1 and outputs["exit-code"] == "1", code, out, outputs)
    head = "::error file=payloads/order.json,line=2,endLine=2,col=9,endColumn=27,title=schema/max-length::"
    check("github: they are annotated", any(it.startswith(head) for it in out.splitlines()), out)
    check("github: values are not told", VALUE not in out, out)
    check("github: the file that is uploaded is written", upload["with"]["sarif_file"] == outputs["sarif"], outputs)
    log = json.loads((where / outputs["sarif"]).read_text())
    [result] = log["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    check("github: SARIF names the file", place["artifactLocation"]["uri"] == "payloads/order.json", result)
    check("github: SARIF tells the exit code", log["runs"][0]["invocations"][0]["exitCode"] == 1, log)

    where = scratch("github-odd", ODD)
    code, out, _ = action(where, given)
    check("github: a warning ends with 0", code == 0 and "::warning " in out, code, out)
    code, out, _ = action(where, {**given, "strict": "true"})
    check("github: and with 1 where that is asked for", code == 1, code, out)
    code, out, _ = action(where, {**given, "strict": True})
    check("github: also as YAML writes it", code == 1, code, out)
    code, out, _ = action(where, {**given, "strict": "maybe"})
    check("github: an input that is none is refused", code == 2 and out.startswith("::error "), code, out)

    where = scratch("github-lists", GOOD)
    (where / "payloads/second one.json").write_text(BAD)
    given = {
        **given,
        "paths": "payloads/order.json\npayloads/second one.json\n",
        "formats": "concise\njunit=a b.xml\ngitlab=quality.json\n",
    }
    code, out, outputs = action(where, given)
    check("github: lists have an entry a line", code == 1 and "payloads/second one.json:2:9" in out, code, out)
    check("github: no SARIF where none is asked for", outputs["sarif"] == "" and "::" not in out, outputs, out)
    suites(where / "a b.xml", {"payloads/order.json": 0, "payloads/second one.json": 1})
    quality(where / "quality.json", ["payloads/second one.json"])
    code, out, outputs = action(where, {**given, "paths": "$(touch gone)\n`touch gone`;touch gone\n--help\n"})
    check("github: what is given is never run", code == 2 and not (where / "gone").exists(), code, out)


def action(where, given):
    """Runs the steps of action.yml; gives exit code, standard output and the outputs."""
    definition = yaml.safe_load((ROOT / "action.yml").read_text())
    unknown = set(given) - set(definition["inputs"])
    assert not unknown, unknown
    known = {"github.action_path": str(ROOT), "runner.os": "Linux", "runner.arch": "X64"}
    for name, it in definition["inputs"].items():
        value = given.get(name, it["default"])
        known[f"inputs.{name}"] = str(value).lower() if isinstance(value, bool) else value

    def resolved(text):
        return re.sub(r"\$\{\{ *(.*?) *\}\}", lambda it: known[it.group(1)], text)

    code, out = 0, ""
    for step in definition["runs"]["steps"]:
        for value in step.get("with", {}).values():
            resolved(value)
        if "run" not in step:
            continue
        assert "${{" not in step["run"], "inputs reach scripts by the environment only"
        written = where.parent / f"{where.name}.outputs"
        written.write_text("")
        env = {name: resolved(value) for name, value in step.get("env", {}).items()}
        env |= {"GITHUB_ACTION_PATH": str(ROOT), "GITHUB_OUTPUT": str(written)}
        shell = ("bash", "--noprofile", "--norc", "-eo", "pipefail")
        code, more, err = run(step["run"], where, env, shell)
        out += more
        for line in written.read_text().splitlines():
            name, value = line.split("=", 1)
            known[f"steps.{step['id']}.outputs.{name}"] = value
        if code:
            break
    outputs = {name: it["value"] for name, it in definition["outputs"].items()}
    try:
        outputs = {name: resolved(value) for name, value in outputs.items()}
    except KeyError:
        assert code == 2, (code, out, err)
    return code, out, outputs


def gitlab(block):
    job = yaml.safe_load(block)["payloads"]
    reports = job["artifacts"]["reports"]
    for name, payload, expected in [("gitlab-good", GOOD, 0), ("gitlab-bad", BAD, 1)]:
        where = scratch(name, payload)
        code, out, err = run("\n".join(job["script"]), where, None, ("bash", "-eo", "pipefail"))
        check(f"gitlab: {name} ends with {expected}", code == expected, code, out, err)
        quality(where / reports["codequality"], ["payloads/order.json"] * expected)
        suites(where / reports["junit"], {"payloads/order.json": expected})


def quality(file, paths):
    """The code quality report has an entry for each of the paths, with all that GitLab asks for."""
    entries = json.loads(file.read_text())
    check(f"{file.name}: an entry for each finding", [it["location"]["path"] for it in entries] == paths, entries)
    for it in entries:
        texts = [it["description"], it["check_name"], it["fingerprint"]]
        assert all(isinstance(text, str) and text for text in texts), it
        assert it["severity"] in ("info", "minor", "major", "critical", "blocker"), it
        assert it["location"]["lines"]["begin"] >= 1, it
        assert VALUE not in json.dumps(it), it


def suites(file, failures):
    """The JUnit report has a suite for each file, with so many failures."""
    root = xml.etree.ElementTree.parse(file).getroot()
    found = {it.get("name"): int(it.get("failures")) for it in root.iter("testsuite")}
    check(f"{file.name}: a suite for each file", found == failures, found)
    for suite in root.iter("testsuite"):
        assert len(suite.findall("testcase")) == int(suite.get("tests")), suite.get("name")
        assert len(suite.findall("testcase/failure")) == int(suite.get("failures")), suite.get("name")


def jenkins(block):
    [script] = re.findall(r"sh '([^']*)'", block)
    [report] = re.findall(r"junit '([^']*)'", block)
    for name, payload, expected in [("jenkins-good", GOOD, 0), ("jenkins-bad", BAD, 1)]:
        where = scratch(name, payload)
        code, out, err = run(script, where, None, ("sh", "-xe"))
        check(f"jenkins: {name} ends with {expected}", code == expected, code, out, err)
        suites(where / report, {"payloads/order.json": expected})


def pre_commit(block):
    copy = WORK / "specsmith"
    shutil.rmtree(copy, ignore_errors=True)
    code, files, err = run("git ls-files -z --cached --others --exclude-standard", ROOT)
    assert code == 0, err
    for name in filter(None, files.split("\0")):
        if os.path.lexists(ROOT / name):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name, follow_symlinks=False)
    revision = commit(copy)
    block = block.replace("https://github.com/OWNER/specsmith", str(copy)).replace("REVISION", revision)
    assert "OWNER" not in block, block

    where = scratch("pre-commit", GOOD)
    generate = "specsmith generate specs/api.yaml --out models"
    code, out, err = run(generate, where)
    check("pre-commit: models are generated", code == 0, out, err)
    (where / ".pre-commit-config.yaml").write_text(block)
    commit(where)
    hooks = f"'{sys.executable}' -m pre_commit run --all-files --verbose --color never"
    env = {"PRE_COMMIT_HOME": str(WORK / "pre-commit")}
    code, out, err = run(hooks, where, env)
    check("pre-commit: a good commit passes", code == 0, out, err)
    check("pre-commit: both hooks have run", out.count("Passed") == 2 and "Skipped" not in out, out)
    (where / "payloads/order.json").write_text(BAD)
    commit(where)
    code, out, err = run(hooks, where, env)
    check("pre-commit: a bad payload does not", code == 1 and out.count("Failed") == 1, code, out, err)
    check("pre-commit: the place is told, the value is not", ":2:9" in out and VALUE not in out, out)
    (where / "payloads/order.json").write_text(GOOD)
    (where / "specs/api.yaml").write_text(SPEC.replace("maxLength: 5", "maxLength: 6"))
    commit(where)
    code, out, err = run(hooks, where, env)
    check("pre-commit: nor do stale models", code == 1 and out.count("Failed") == 1, code, out, err)
    code, out, err = run(f"{generate} && git add --all . && {hooks}", where, env)
    check("pre-commit: generated again, they do", code == 0, code, out, err)


def main():
    runners = [install, shell, github, gitlab, jenkins, pre_commit]
    found = blocks()
    names = {it.__name__.replace("_", "-") for it in runners}
    check("every block is run", set(found) == names, set(found) ^ names)
    for runner in runners:
        runner(found[runner.__name__.replace("_", "-")])
    print(f"{len(done)} passed, 0 failed")


main()
