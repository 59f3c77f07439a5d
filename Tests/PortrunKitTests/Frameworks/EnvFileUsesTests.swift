import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit

/// The env files that a command's words, makefiles and scripts read by themselves.
struct EnvFileUsesTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for name in [".env", ".env.test", "api/.env", "test.env", ".env.example"] { try folder.write("A=1", to: name) }
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
            ("include common.mk", []), ("# include .env", []),
        ])
    func ofAMakefile(_ text: String, _ expected: [String]) throws {
        try folder.write("#!/usr/bin/env bash\nsource .env.test\n", to: "reset.sh")
        try folder.write(text, to: "api/Makefile")
        try folder.write(text, to: "Makefile")
        #expect(try uses("make", "test") == expected)
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
