import Testing

/// A service of the main worktree's that another worktree uses instead of starting its own.
@Suite(.timeLimit(.minutes(30)))
struct SharedServiceTests {
    /// `web` asks for `api`, which waits for `db`; each answers with the id of its container.
    private static func setUp(in folder: String) -> String {
        #"""
        set -e
        work=$(mktemp -d)
        trap 'rm -rf "$work"' EXIT
        export GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@t GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@t
        git init -q -b main "$work/\#(folder)"
        cd "$work/\#(folder)"
        cat >compose.yaml <<'C'
        x-server: &server
          image: bb:1
          init: true
          command: [sh, -c, "mkdir -p /www; hostname >/www/index.html; httpd -f -p 80 -h /www"]
        services:
          api:
            <<: *server
            ports: ["18180:80"]
            depends_on: {db: {condition: service_healthy}}
          web:
            <<: *server
            depends_on: [api]
            networks: [back, default]
          db:
            <<: *server
            ports: ["${DB_HOST_PORT:-18132}:80"]
            networks: {default: {aliases: [database]}}
            healthcheck: {test: [CMD, "true"], interval: 1s}
        networks: {back: {}}
        C
        git add compose.yaml
        git commit -qm \#(folder)
        git worktree add -q -b feature "$work/feature"
        """#
    }

    @Test(.enabled(if: Checkout.engine != nil, "PORTRUN_ENGINE names no script that starts a Docker engine"))
    func everyNameLeadsWhereItShould() throws {
        let script =
            Self.setUp(in: "depot") + #"""

                ask() {
                    for name in api web db; do
                        id=$(docker ps -q --filter "label=com.docker.compose.project=$2" \
                            --filter "label=com.docker.compose.service=$name")
                        eval "$1_$name=$id"
                    done
                }
                # Says what a service gets for a name in place of its container; four times, for Docker takes turns.
                expect() {
                    for try in 1 2 3 4; do
                        answer=$(docker exec "$1" wget -qO- "http://$2/") || true
                        [ "$answer" = "$3" ] || echo "$2 is $answer and not $3 for $1"
                    done
                }
                cd "$work/depot"
                portrun -q -- docker compose up -d >/dev/null 2>&1
                cd "$work/feature"
                portrun run --use-main db -- docker compose up -d >/dev/null 2>"$work/log"
                grep -c 'does not run' "$work/log" || true
                ask main depot
                ask own depot-feature
                echo "own db: $own_db"
                for from in "$own_web" "$own_api"; do
                    expect "$from" api "$own_api"
                    expect "$from" web "$own_web"
                    expect "$from" db "$main_db"
                    expect "$from" database "$main_db"
                done
                for from in "$main_web" "$main_db"; do
                    expect "$from" api "$main_api"
                    expect "$from" web "$main_web"
                done
                portrun run -q --use-main db -- sh -c 'echo $DB_PORT $DB_HOST_PORT; curl -s localhost:$DB_PORT' \
                    >"$work/own"
                printf '18132 18132\n%s\n' "$main_db" | diff - "$work/own"
                portrun status | cut -f 2 | sort | tr '\n' ' '
                echo
                portrun run -q --use-main db -- docker compose down -t 0 >/dev/null 2>&1
                docker network ls --format '{{.Name}}' | grep -c zz_portrun || true
                docker ps --format '{{.Names}}' | sort | tr '\n' ' '
                cd "$work/depot"
                portrun run -q --use-main db -- docker compose up -d 2>/dev/null
                docker ps -q --filter name=depot-db-1 | diff - <(echo "$main_db")
                portrun -q -- docker compose down -t 0 >/dev/null 2>&1
                """#
        let result = try Checkout.run(
            "/usr/bin/env", "ENGINE_IPTABLES=true", try #require(Checkout.engine), "sealed", "bash", "-c", script)
        #expect(
            result.output == "0\nown db: \napi \n0\ndepot-api-1 depot-db-1 depot-web-1 "
                && result.ending == .exited(0), "\(result)")
    }

    @Test(.enabled(if: Checkout.engine != nil, "PORTRUN_ENGINE names no script that starts a Docker engine"))
    func tellsWhenTheMainOneDoesNotRun() throws {
        let script =
            Self.setUp(in: "yard") + #"""

                cd "$work/feature"
                sed -i '1i x-portrun: {share: [db]}' compose.yaml
                portrun -- docker compose up -d api 2>&1 | grep "^portrun: .db" | sed "s#$work##"
                docker ps --format '{{.Names}}'
                portrun -q -- docker compose down -t 0 >/dev/null 2>&1
                """#
        let result = try Checkout.run(try #require(Checkout.engine), "sealed", "bash", "-c", script)
        #expect(
            result.output == """
                portrun: `db` does not run in the main worktree: start it in `/yard`
                yard-feature-api-1

                """ && result.ending == .exited(0), "\(result)")
    }

    @Test(.enabled(if: Checkout.engine != nil, "PORTRUN_ENGINE names no script that starts a Docker engine"))
    func leavesNoNetworkBehind() throws {
        let script =
            Self.setUp(in: "barn") + #"""

                export PORTRUN_REGISTRY=$work/state/registry.sqlite
                networks() { docker network ls --format '{{.Name}}' | grep -c zz_portrun || true; }
                portrun -q -- docker compose up -d >/dev/null 2>&1
                cd "$work/feature"
                sed -i '1i x-portrun: {share: [db]}' compose.yaml
                portrun -q -- sh -c 'docker compose up -d web' >/dev/null 2>&1
                echo "up: $(networks)"
                portrun -q -- sh -c 'docker compose down -t 0' >/dev/null 2>&1
                echo "down: $(networks)"
                portrun -q -- docker compose up -d web >/dev/null 2>&1
                touch -d '2 minutes ago' "$work"/state/networks/*
                portrun gc | tail -n 1
                echo "in use: $(networks)"
                docker rm -f $(docker ps -q --filter label=com.docker.compose.project=barn-feature) >/dev/null
                portrun gc --dry-run
                echo "dry run: $(networks)"
                portrun gc
                echo "gc: $(networks)"
                portrun gc
                docker ps --format '{{.Names}}' | sort | tr '\n' ' '
                cd "$work/barn"
                portrun -q -- docker compose down -t 0 >/dev/null 2>&1
                """#
        let result = try Checkout.run(try #require(Checkout.engine), "sealed", "bash", "-c", script)
        #expect(
            result
                == .printed(
                    """
                    up: 1
                    down: 0
                    dropped 0 dead leases, 0 bookings
                    in use: 1
                    would drop network zz_portrun_barn-feature: no container of its checkout is on it
                    would drop 0 dead leases, 0 bookings, 1 network
                    dry run: 1
                    dropped network zz_portrun_barn-feature: no container of its checkout is on it
                    dropped 0 dead leases, 0 bookings, 1 network
                    gc: 0
                    dropped 0 dead leases, 0 bookings
                    barn-api-1 barn-db-1 barn-web-1 
                    """))
    }
}
