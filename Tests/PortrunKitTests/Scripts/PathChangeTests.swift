import Testing

@testable import PortrunKit

/// What puts other folders before portrun's in `PATH`.
struct PathChangeTests {
    @Test(arguments: [
        "export PATH := /usr/bin:$(PATH)", "PATH=/usr/bin:$PATH", "export PATH=\"/usr/bin:${PATH}\"",
        "PATH = /opt/x:/usr/bin",
        "\texport PATH=/usr/bin:$$PATH; docker ps", "PATH ?= /usr/bin", "env A=b PATH=/usr/bin:$PATH docker ps",
        "\"db\": \"PATH=/usr/bin:$PATH docker ps\"", "cd x && PATH=/usr/bin docker ps", "A=b PATH=/usr/bin docker ps",
        "declare -x PATH=/usr/bin:$PATH", "readonly PATH=/usr/bin",
    ])
    func seesFoldersThatComeFirst(_ line: String) { #expect(kinds(line) == [.folders]) }

    @Test(arguments: [
        "export PATH := ./node_modules/.bin:$(PATH)", "export PATH := $(PATH):/usr/bin", "PATH=/opt/x:$PATH",
        "MYPATH=/usr/bin",
        "PATHS=/usr/bin", "# PATH=/usr/bin", "echo PATH=/usr/bin", "bash -c 'docker ps'", "env A=b docker ps", "env",
        "docker exec app bash -lc 'docker ps'", "docker compose run web bash -l", "ssh host 'bash -lc x'",
        "kubectl exec p -- sh -l",
        "docker compose exec web env -i x", "vagrant ssh -c 'PATH=/usr/bin x'",
        "ssh host 'cd x && bash -lc \"docker ps\"'",
        "echo 'export PATH=/usr/bin:$PATH' >> ~/.profile",
        "echo a PATH=/usr/bin", "command docker ps", "command -v docker", ". ./profile", ".SHELLFLAGS := -ec",
        "bash --norc x", "sh -ec x", "ls -l", "bash script.sh -l", "login",
    ])
    func leavesTheRestAlone(_ line: String) { #expect(kinds(line).isEmpty) }

    @Test(arguments: [
        ("bash -lc 'docker ps'", "bash -lc"), ("\t@/bin/bash --login -c x", "/bin/bash --login -c"),
        ("zsh -l x", "zsh -l"),
        ("\"db\": \"bash -lc 'docker rm -f db'\"", "bash -lc"), ("#!/bin/bash -l x", "/bin/bash -l"),
    ])
    func seesLoginShells(_ line: String, _ shell: String) { #expect(kinds(line) == [.login(shell)]) }

    @Test(arguments: [
        (".SHELLFLAGS := -lc", PathChange.Kind.recipes), (". /etc/profile", .profile(". /etc/profile")),
        ("\t@source /etc/profile; docker ps", .profile("source /etc/profile")),
        ("x && command -p docker ps", .standard),
    ])
    func seesWhatElseLooksElsewhere(_ line: String, _ kind: PathChange.Kind) { #expect(kinds(line) == [kind]) }

    @Test(arguments: ["env -i docker ps", "/usr/bin/env - A=b docker ps", "x && env --ignore-environment docker ps"])
    func seesAnEnvironmentThatIsEmptied(_ line: String) { #expect(kinds(line) == [.emptied]) }

    @Test func countsLinesFromOne() {
        let changes = PathChange.all(in: Array("a\n\nPATH=/usr/bin:$PATH\n#!/bin/bash -l\n".utf8), where: { _ in true })
        #expect(changes == [PathChange(line: 3, kind: .folders)])
    }

    private func kinds(_ line: String) -> [PathChange.Kind] {
        PathChange.all(in: Array(line.utf8)) { $0 == "/usr/bin" }.map(\.kind)
    }
}
