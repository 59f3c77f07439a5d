import PortrunBase
import PortrunCompose
import PortrunKit
import PortrunLaunch
import Testing

/// Containers that outlive the command that started them.
@Suite(.timeLimit(.minutes(30)))
struct ContainerTests {
    @Test(.enabled(if: Checkout.engine != nil, "PORTRUN_ENGINE names no script that starts a Docker engine"))
    func whatAContainerHoldsStaysUntilItIsDown() throws {
        let script = #"""
            set -e
            work=$(mktemp -d)
            trap 'rm -rf "$work"' EXIT
            export PORTRUN_REGISTRY=$work/registry.sqlite
            export GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@t GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@t
            git init -q -b main "$work/shop"
            cd "$work/shop"
            cat >compose.yaml <<'C'
            services:
              db:
                image: bb:1
                init: true
                command: [sleep, "1000"]
                ports: ["18090:80"]
              crash:
                image: bb:1
                command: ["false"]
                restart: always
                ports: ["18092:80/udp"]
            C
            git add compose.yaml
            git commit -qm shop
            git worktree add -q -b feature "$work/feature"

            echo "# up in the main checkout, which has no project on record"
            portrun -q -- docker compose up -d db >/dev/null 2>&1
            portrun status | cut -f 1-6,9-
            portrun status --json | grep -E '"(state|pid|command)"' | head -3
            portrun release db 2>&1 || echo "status $?"
            portrun check 18090 | grep -v "in use"
            portrun lookup db -C /
            docker compose down -t 0 >/dev/null 2>&1
            portrun status --live

            echo "# up in the worktree, with one service that restarts again and again"
            cd "$work/feature"
            portrun -q -- docker compose up -d >/dev/null 2>&1
            until docker ps --format '{{.State}}' | grep -q restarting; do :; done
            docker pause shop-feature-db-1 >/dev/null
            portrun status --all --live | cut -f 1,2,6,9-
            cd /
            rm -rf "$work/feature"
            portrun gc | sed -E 's/ [0-9]+:/ PORT:/'
            docker unpause shop-feature-db-1 >/dev/null
            docker compose -p shop-feature down -t 0 >/dev/null 2>&1
            echo "# down"
            portrun gc | sed -E -e 's/ [0-9]+:/ PORT:/' -e 's#/.*/overrides/.*yaml#OVERRIDE#'
            """#
        let result = try Checkout.run(try #require(Checkout.engine), "sealed", "bash", "-c", script)
        #expect(
            result
                == .printed(
                    """
                    # up in the main checkout, which has no project on record
                    shop/main\tdb\t18090\t18090\t\tlive\t\tdocker container shop-db-1
                    shop/main\tcrash\t18092/udp\t18092\t\tidle\t\t
                        "state": "live",
                        "pid": null,
                        "command": "docker container shop-db-1",
                    portrun: error: `db` is held by the container shop-db-1
                    portrun: hint: `docker compose -p shop down` ends it; or use `--force`
                    status 1
                    18090/tcp is booked by shop/main db
                    18090/tcp is published by the container shop-db-1 of shop
                    shop/main\tdb\t18090
                    # up in the worktree, with one service that restarts again and again
                    shop/feature\tdb\tlive\t\tdocker container shop-feature-db-1
                    shop/feature\tcrash\tlive\t\tdocker container shop-feature-crash-1
                    kept shop/feature db PORT: path is gone, but its container shop-feature-db-1 still runs; \
                    `docker compose -p shop-feature down` ends it
                    kept shop/feature crash PORT: path is gone, but its container shop-feature-crash-1 still runs; \
                    `docker compose -p shop-feature down` ends it
                    dropped 0 dead leases, 0 bookings
                    # down
                    dropped shop/feature db PORT: path is gone
                    dropped shop/feature crash PORT: path is gone
                    dropped OVERRIDE: path is gone
                    dropped 0 dead leases, 2 bookings, 1 file

                    """))
    }

    @Test(.enabled(if: Checkout.engine != nil, "PORTRUN_ENGINE names no script that starts a Docker engine"))
    func warnsOfAProjectThatRunsInAnotherCheckout() throws {
        let script = #"""
            set -e
            work=$(mktemp -d)
            trap 'rm -rf "$work"' EXIT
            export PORTRUN_REGISTRY=$work/registry.sqlite
            export GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@t GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@t
            git init -q -b main "$work/hall"
            cd "$work/hall"
            echo 'services: {db: {image: "bb:1", init: true, command: [sleep, "1000"], ports: ["18094:80"]}}' >compose.yaml
            git add compose.yaml
            git commit -qm hall
            git worktree add -q -b feature "$work/feature"
            warnings() { { portrun -- "$@" 2>&1 || true; } | grep warning | sed "s#$work##" || true; }
            warnings docker compose -p one up -d
            warnings docker compose -p one up -d
            cd "$work/feature"
            echo "# feature"
            COMPOSE_PROJECT_NAME=one warnings docker compose up -d
            COMPOSE_PROJECT_NAME=one warnings docker compose ps
            warnings docker compose -p one up -d
            warnings docker compose up -d
            cd "$work/hall"
            echo "# hall"
            COMPOSE_PROJECT_NAME=one warnings sh -c 'docker compose up -d'
            for name in one one-hall-feature hall-feature; do docker compose -p $name down -t 0 >/dev/null 2>&1; done
            """#
        let result = try Checkout.run(try #require(Checkout.engine), "sealed", "bash", "-c", script)
        func warning(_ folder: String) -> String {
            """
            portrun: warning: `one` runs in `/\(folder)` too, and `up` replaces its containers: leave `-p` or \
            COMPOSE_PROJECT_NAME out, and each checkout gets its own name

            """
        }
        #expect(result == .printed("# feature\n" + warning("hall") + "# hall\n" + warning("feature")))
    }

    @Test func anEngineThatHangsHoldsNothingUp() throws {
        let project = try Project()
        _ = try project.run("book", "db")
        let socket = project.scratch.path + "/engine.sock"
        let listener = try project.scratch.start([
            "/usr/bin/python3", "-c",
            """
            import socket, sys
            listener = socket.socket(socket.AF_UNIX)
            listener.bind(sys.argv[1])
            listener.listen(8)
            print("ready", flush=True)
            sys.stdin.read()
            """, socket,
        ])
        try listener.wait(for: "ready")
        let host = "DOCKER_HOST=unix://" + socket
        let start = ContinuousClock.now
        #expect(try project.run(["status", "--live"], [host]) == .printed(""))
        #expect(try project.run(["gc"], [host]) == .printed("dropped 0 dead leases, 0 bookings\n"))
        #expect(try project.run(["release", "db"], [host]) == .printed("db \(project.first)\n"))
        #expect(ContinuousClock.now - start < .seconds(20))
        listener.closeInput()
        _ = try listener.finish()
    }
}
