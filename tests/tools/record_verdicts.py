#!/usr/bin/env python3
"""Compares keymoat's verdicts with those of an evaluator that others wrote, and records them.

  record_verdicts.py ORACLE [--seed N] [--count N] [--record FILE] [--differ FILE]

ORACLE is a folder with simulate.mjs (JSON lines in: policies and requests; JSON lines out: verdicts) and its
packages installed. Cases come from `cargo run --example verdict_cases`, 16 requests each. Exits 1 where a
verdict differs. --record writes the cases with the oracle's verdicts, from which `cargo test` replays them;
--differ records the oracle's verdicts on the shapes in FILE, in which engines differ, in place.
"""
import argparse, json, pathlib, subprocess, sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def ask(oracle, cases):
    lines = "".join(json.dumps(case) + "\n" for case in cases)
    run = subprocess.run(["node", "simulate.mjs"], cwd=oracle, input=lines, capture_output=True, text=True, check=True)
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    if len(answers) != len(cases):
        sys.exit(f"{len(cases)} cases, {len(answers)} answers: {run.stderr}")
    return answers


def word(verdict):
    return {"Allowed": "allowed", "ExplicitlyDenied": "denied"}.get(verdict, verdict)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("oracle")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--record")
    parser.add_argument("--differ")
    options = parser.parse_args()
    if options.differ:
        path = pathlib.Path(options.differ)
        cases = [json.loads(line) for line in path.read_text().splitlines()]
        for case, answer in zip(cases, ask(options.oracle, cases)):
            case["oracle"] = [word(v) for v in answer["verdicts"]] if "verdicts" in answer else answer["error"]
        path.write_text("".join(json.dumps(case) + "\n" for case in cases))
        return 0
    command = ["cargo", "run", "--quiet", "--release", "--example", "verdict_cases", str(options.seed), str(options.count)]
    made = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
    cases = [json.loads(line) for line in made.splitlines()]
    answers = ask(options.oracle, cases)
    total = differing = 0
    for case, answer in zip(cases, answers):
        theirs = [word(v) for v in answer.get("verdicts", [])]
        ours = case.pop("keymoat")
        case["verdicts"] = theirs
        if len(theirs) != len(ours):
            print("no answer:", answer, json.dumps(case["policies"])[:2000])
            differing += 1
            continue
        for request, mine, other in zip(case["requests"], ours, theirs):
            total += 1
            if mine != other:
                differing += 1
                print(f"keymoat {mine}, oracle {other}: {json.dumps(request)} {json.dumps(case['policies'])[:1500]}")
    print(f"{total} verdicts compared, {differing} differ", file=sys.stderr)
    if options.record and not differing:
        text = "".join(json.dumps(case, separators=(",", ":")) + "\n" for case in cases)
        pathlib.Path(options.record).write_text(text)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
