import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit

/// The env files that a command's words, makefiles and scripts read by themselves.
struct EnvFileUsesTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for name in [".env", ".env.test", "api/.env", "test.env", ".env.example", ".envrc", "api/.envrc"] {
            try folder.write("A=1", to: name)
        }
    }

    /// `name` for one that keeps what is set, `name!` for one that wins over it.
    private func uses(_ words: String...) throws -> [String] {
        let uses = EnvFileUses(words, in: folder.path)?.all ?? []
        return uses.map { Path.shortest($0.path, from: folder.path) + ($0.isOverriding ? "!" : "") }
    }

    @Test(
        arguments: [
            ("set -a; . ./.env; node x", [".env!"]), ("source .env && node x", [".env!"]),
            ("if [ -f .env ]; then . ./.env; fi", [".env!"]), ("cd api && source .env", ["api/.env!"]),
            ("export $(grep -v '^#' .env | xargs) && node x", [".env!"]),
            ("env $(cat .env.test) node x", [".env.test!"]),
            ("dotenv -e .env.test -- jest", [".env.test"]), ("dotenv -o -e .env.test -- jest", [".env.test!"]),
            ("dotenv run pytest", [".env!"]), ("env-cmd -f test.env jest", ["test.env!"]), ("env-cmd jest", [".env!"]),
            ("node --env-file=.env.test x.js", [".env.test"]), ("cp .env.example .env", []), ("cat .env", []),
            ("source .env.example", []), ("source .env.missing", []), ("docker run --env-file .env x", []),
            (". \"$(dirname \"$0\")/.env\"", [".env!"]), ("echo .env", []),
            ("while read -r l; do export \"$l\"; done < .env; node x", [".env!"]),
            ("read A <.env.test", [".env.test!"]),
            ("while read l; do export \"$l\"; done < <(grep = .env)", [".env!"]), ("sort < .env", []),
            ("set -a; source <(cat .env); set +a; node x", [".env!"]), ("export $(cat .env | xargs)", [".env!"]),
            ("diff <(sort .env) x", []), (". ./.envrc && node x", [".envrc!"]), ("cat .envrc", []),
            ("direnv exec api node x", ["api/.envrc!"]),
        ])
    func ofAScript(_ line: String, _ expected: [String]) throws {
        try folder.write(JSONValue.object(["scripts": .object(["test": .string(line)])]).text, to: "package.json")
        #expect(try uses("npm", "test") == expected)
        #expect(try uses("sh", "-c", line) == expected)
        try folder.write("#!/bin/sh\nset -e\n\(line)\n", to: "reset.sh")
        #expect(try uses("./reset.sh") == expected)
        #expect(try uses("bash", "reset.sh") == expected)
        try folder.write("all:\n\t@\(line.split(separator: "$").joined(separator: "$$"))\n", to: "Makefile")
        if !line.contains("dirname") { #expect(try uses("make", "all") == expected) }
    }

    @Test(
        arguments: [
            ("-include .env", [".env!"]), ("include api/.env .env", ["api/.env!", ".env!"]),
            ("ifneq (,$(wildcard ./.env))\n    include .env\n    export\nendif", [".env!"]),
            ("all:\n\t. ./.env && node x", [".env!"]), ("all:\n\t@./reset.sh", [".env.test!"]),
            ("include other.mk", []), ("# include .env", []), ("include common.mk", [".env!"]),
            ("all:\n\t@$(MAKE) -C api all", [".env!"]), ("all:\n\tcd api && ${MAKE} -f ../common.mk", ["api/.env!"]),
        ])
    func ofAMakefile(_ text: String, _ expected: [String]) throws {
        try folder.write("#!/usr/bin/env bash\nsource .env.test\n", to: "reset.sh")
        try folder.write("include .env\n", to: "common.mk")
        try folder.write("include ../.env\n", to: "api/Makefile")
        try folder.write(text, to: "Makefile")
        #expect(try uses("make", "test") == expected)
    }

    @Test(
        arguments: [
            ("dotenv: ['.env.test', 'missing.env']", [".env.test"]),
            ("dotenv:\n  - .env.test\n  - api/.env", [".env.test", "api/.env"]),
            ("tasks:\n  a:\n    cmds:\n      - . ./.env && node x", [".env!"]),
            ("tasks:\n  a:\n    cmds:\n      - cmd: 'source .env'", [".env!"]),
            ("tasks:\n  a:\n    sources: [.env]\n    desc: reads .env", []),
        ])
    func ofATaskfile(_ text: String, _ expected: [String]) throws {
        try folder.write("version: '3'\n\(text)\n", to: "Taskfile.yml")
        #expect(try uses("task", "a") == expected)
    }

    @Test(
        arguments: [
            ("set dotenv-load", [".env"]), ("set dotenv-load := false", []), ("set dotenv-override", [".env!"]),
            ("set dotenv-filename := \".env.test\"", [".env.test"]), ("a:\n    . ./.env && node x", [".env!"]),
        ])
    func ofAJustfile(_ text: String, _ expected: [String]) throws {
        try folder.write(text, to: "justfile")
        #expect(try uses("just", "a") == expected)
        // It is looked for in the folders above, and runs where it is found.
        let inside = EnvFileUses(["just", "a"], in: folder.path + "/api")?.all ?? []
        #expect(inside.map { Path.shortest($0.path, from: folder.path) + ($0.isOverriding ? "!" : "") } == expected)
    }

    @Test(
        arguments: [
            (["honcho", "start"], [".env!", "test.env!"]),
            (["foreman", "start", "-e", ".env.test"], [".env.test!", "test.env!"]),
            (["python3", "-m", "honcho", "start", "web"], [".env!"]), (["foreman", "run", "node", "x"], [".env!"]),
            (["honcho", "-e", ".env.test", "run", "./reset.sh"], [".env.test!", "test.env!"]),
            (["goreman", "start"], [".env", "test.env!"]), (["hivemind"], ["test.env!"]), (["honcho", "check"], []),
            (["bundle", "exec", "foreman", "start", "-m", "web=1"], [".env!"]),
        ])
    func ofTheRunnerOfAProcfile(_ words: [String], _ expected: [String]) throws {
        try folder.write("#!/bin/sh\n. ./test.env\n", to: "reset.sh")
        try folder.write("web: node x\nreset: ./reset.sh\n", to: "Procfile")
        let uses = EnvFileUses(words, in: folder.path)?.all ?? []
        #expect(uses.map { Path.shortest($0.path, from: folder.path) + ($0.isOverriding ? "!" : "") } == expected)
    }

    @Test func ofAnEnvrcThatReadsAnother() throws {
        try folder.write("dotenv\nsource_env api/.envrc\nexport A=1\n", to: ".envrc")
        #expect(try uses("direnv", "exec", ".", "node", "x") == [".envrc!", ".env!", "api/.envrc!"])
    }

    @Test func ofMakefilesThatCallOneAnother() throws {
        let calls = (0..<200).map { "t\($0):\n\t$(MAKE) -C api a\n\t$(MAKE) b\n" }.joined()
        try folder.write(calls, to: "Makefile")
        try folder.write("a:\n\t$(MAKE) -C ..\n\t. ./.env\n", to: "api/Makefile")
        #expect(try uses("make") == ["api/.env!"])
    }

    @Test func ofAPackageInAWorkspace() throws {
        try folder.write("{\"workspaces\": [\"api\"]}", to: "package.json")
        try folder.write(
            "{\"name\": \"@x/api\", \"scripts\": {\"pretest\": \". ./.env\", \"test\": \"jest\"}}",
            to: "api/package.json")
        for words in [
            ["npm", "test", "-w", "api"], ["npm", "-w", "@x/api", "run", "test"], ["pnpm", "--filter", "api", "test"],
            ["yarn", "workspace", "@x/api", "test"], ["npm", "run", "test", "--workspaces"], ["pnpm", "-r", "test"],
        ] {
            let uses = try #require(EnvFileUses(words, in: folder.path))
            #expect(uses.all == [EnvFileUse(path: "\(folder.path)/api/.env", isOverriding: true)], "\(words)")
            #expect(uses.folders == ["\(folder.path)/api"], "\(words)")
        }
    }

    @Test(
        arguments: [
            ("seed.js", "require('dotenv').config({ override: true })", true),
            ("seed.js", "require('dotenv').config()", false),
            ("seed.py", "from dotenv import load_dotenv; load_dotenv(override=True)", true),
            ("seed.py", "load_dotenv()  # dotenv", false), ("seed.rb", "Dotenv.overload", true),
            ("seed.rb", "Dotenv.load", false),
        ])
    func ofAProgramThatHasItsFileWin(_ name: String, _ text: String, _ isOverriding: Bool) throws {
        try folder.write(text, to: name)
        let runner = name.hasSuffix("js") ? "node" : name.hasSuffix("py") ? "python3" : "ruby"
        #expect(try uses(runner, name) == (isOverriding ? [".env!"] : []))
    }

    @Test func ofTheEndOfALongMakefile() throws {
        let recipes = (0..<5000).map { "t\($0):\n\t@echo \($0)\n" }.joined()
        try folder.write(recipes + "test:\n\t. ./.env && echo\n", to: "Makefile")
        #expect(try uses("make", "test") == [".env!"])
    }

    @Test func ofAProgramThatRunsNothingElse() { #expect(EnvFileUses(["true"], in: folder.path) == nil) }
}
