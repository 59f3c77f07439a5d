import PortrunBase
import PortrunLaunch
import Testing

/// An unmodified project whose compose file fixes its ports, in two worktrees at once.
@Suite(.timeLimit(.minutes(30)))
struct FixedPortTests {
    @Test(.enabled(if: Checkout.engine != nil, "PORTRUN_ENGINE names no script that starts a Docker engine"))
    func everyPublishedPortAnswersForItsOwnWorktree() throws {
        let script = #"""
            set -e
            work=$(mktemp -d)
            trap 'rm -rf "$work"' EXIT
            export GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@t GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@t
            git init -q -b main "$work/shop"
            cd "$work/shop"
            cat >compose.yaml <<'C'
            services:
              web:
                image: bb:1
                container_name: shop-web
                init: true
                command: [sh, -c, "mkdir -p /www; hostname >/www/index.html; httpd -f -p 80 -h /www"]
                ports: ["18080:80", "127.0.0.1:18081:80"]
            C
            git add compose.yaml
            git commit -qm shop
            git worktree add -q -b feature "$work/feature"
            for folder in shop feature; do
                cd "$work/$folder"
                portrun -q -- docker compose up -d >/dev/null 2>&1
                own=$(portrun -q -- docker compose exec -T web hostname)
                for port in $(portrun status | cut -f 3); do
                    answer=
                    for try in 1 2 3 4 5 6 7 8 9 10; do
                        answer=$(curl -sm 2 "http://127.0.0.1:$port/") && break
                        sleep 0.2
                    done
                    [ "$answer" = "$own" ] && echo "$folder $port"
                done
                git status --porcelain
                portrun -q -- docker compose exec -T web wget -qO- http://shop-web/ | grep -qx "$own"
            done
            docker ps --format '{{.Names}}' | sort
            cd "$work/feature" && portrun -q -- docker compose down -t 0 >/dev/null 2>&1
            cd "$work/shop" && portrun -q -- docker compose down -t 0 >/dev/null 2>&1
            """#
        let result = try Checkout.run(try #require(Checkout.engine), "sealed", "bash", "-c", script)
        #expect(result.ending == .exited(0), "\(result)")
        let lines = result.output.split(separator: "\n").map(String.init)
        #expect(lines.prefix(2) == ["shop 18080", "shop 18081"], "the main checkout keeps what it declares")
        let names = lines.suffix(2)
        #expect(names == ["shop-feature-shop-web", "shop-web"], "a fixed name is the main checkout's alone")
        let moved = lines.dropFirst(2).dropLast(2).compactMap { Port($0.dropFirst("feature ".count)) }
        #expect(moved.count == 2 && Set(moved).count == 2 && !moved.contains { [18080, 18081].contains($0.number) })
    }

    /// What an earlier launch was given is not what compose publishes now.
    @Test func keepTellsThePortThatComposePublishes() throws {
        let project = try Project()
        let port = project.outside
        try project.scratch.write("services: {redis: {image: x, ports: ['\(port):6379']}}\n", to: "compose.yaml")
        try project.take(port)
        let print = ["--", "/bin/sh", "-c", "echo ${REDIS_PORT-none}"]
        let moved = try project.run(["run", "-q"] + print).output
        #expect(moved != "\(port)\n" && moved != "none\n")
        #expect(try project.run(["run", "-q", "--fixed", "keep"] + print) == .printed("\(port)\n"))
        let explained = try project.run(["explain", "--fixed", "keep"] + print).output
        #expect(explained.contains("REDIS_PORT\tset\t-\t\(port)\t`redis` keeps the port that the project declares\n"))
        #expect(!explained.contains(" → "), "nothing is translated")
        let unnamed = try project.run("run", "-q", "--fixed", "keep", "--", "/usr/bin/env")
        #expect(!unnamed.output.contains("REDIS_PORT"), "\(unnamed)")
        #expect(try project.run("export", "--fixed", "keep").output.contains("\nexport REDIS_PORT=\(port)\n"))
    }

    @Test(arguments: [
        ("1.29.2", "cannot have its ports moved"), ("2.20.0", "does not print its configuration"),
    ])
    func composeThatDoesNotKnowOverrideIsNotStarted(_ version: String, _ reason: String) throws {
        let scratch = try Scratch()
        try scratch.writeProgram(
            """
            #!/bin/sh
            [ "$2" = version ] && echo \(version) || echo started
            """, to: "docker")
        try scratch.write("services: {db: {image: x, ports: ['18090:5432']}}", to: "compose.yaml")
        try scratch.write("services: {db: {image: x, ports: ['18090:5432']}}", to: "other/compose.yaml")
        let first = try scratch.shell(
            "\"$LAUNCHER\" book db --port 18090 -q && PATH=$PWD:$PATH \"$LAUNCHER\" -- docker compose up")
        #expect(first.output == "18090\nstarted\n", "\(first)")
        let second = try scratch.shell("cd other && PATH=$OLDPWD:$PATH \"$LAUNCHER\" -q -- docker compose up")
        #expect(second.ending == .exited(125) && second.output.isEmpty, "\(second)")
        #expect(second.errors.contains("`docker compose` \(version) \(reason)"), "\(second)")
        #expect(try Lease.all(in: scratch).isEmpty)
    }
}
