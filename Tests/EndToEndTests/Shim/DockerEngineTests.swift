import Testing

/// Scripts that call docker by fixed names and ports, in two worktrees at once on a real engine.
@Suite(
    .timeLimit(.minutes(30)),
    .enabled(if: Checkout.engine != nil, "PORTRUN_ENGINE names no script that starts a Docker engine"))
struct DockerEngineTests {
    /// Makes a repository `hut` with `compose.yaml` and `run.sh`, and a worktree `feature` of it.
    private static let start = #"""
        set -e
        work=$(mktemp -d)
        trap 'rm -rf "$work"' EXIT
        export PORTRUN_REGISTRY=$work/registry.sqlite
        export GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@t GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@t
        git init -q -b main "$work/hut"
        cd "$work/hut"
        cat >compose.yaml <<'C'
        services:
          app:
            image: hut/app:dev
            build: .
            init: true
            command: [sleep, "1000"]
            volumes: ["data:/data"]
        volumes: {data: {name: hut_data}}
        C
        printf 'FROM bb:1\nCOPY mark /mark\n' >Dockerfile
        touch mark
        git add .
        git commit -qm hut
        git worktree add -q -b feature "$work/feature"
        echo hut >mark
        echo feature >"$work/feature/mark"
        inside() { (cd "$work/$1" && shift && portrun -q -- sh -c "$*" 2>"$work/log" || cat "$work/log"); }

        """#

    @Test func containersAndPortsOfScriptsArePartedAndHeld() throws {
        let script =
            Self.start + #"""
                db() { inside $1 'docker run -d --init --name hut-db -v rows:/rows -p 18200:80 bb:1 sleep 1000 >/dev/null'; }
                db hut; db feature
                docker ps --format '{{.Names}}' | sort
                inside feature 'docker exec hut-db sh -c "echo feature >/rows/mark"'
                inside hut 'docker exec hut-db ls /rows'
                cd "$work/hut"; portrun status | grep hut-db | cut -f 1-3,6,10
                portrun check 18200 | grep -v 'in use'
                cd "$work/feature"; portrun status | grep hut-db | cut -f 1,2,6,10
                portrun release hut-db 2>&1 || echo "status $?"
                inside feature 'docker stop -t 0 hut-db; docker ps -q --filter name=hut-db | wc -l; docker volume rm rows 2>&1 | cut -c 1-40'
                docker ps --format '{{.Names}}'
                inside feature 'docker rm -f hut-db'
                docker ps --format '{{.Names}} {{.Ports}}' | cut -d, -f 1
                docker rm -f hut-db >/dev/null
                inside feature 'for port in 18210 18211; do docker run -d --init -p $port:80 bb:1 sleep 1000 >/dev/null; done'
                docker ps -q | wc -l
                docker ps --format '{{.Ports}}' | grep -cE ':1821[01]->' || true
                """#
        let result = try Checkout.run(try #require(Checkout.engine), "sealed", "bash", "-c", script)
        #expect(
            result.output == """
                hut-db
                hut-feature-hut-db
                hut/main\thut-db\t18200\tlive\tdocker container hut-db
                18200/tcp is booked by hut/main hut-db
                18200/tcp is published by the container hut-db
                hut/feature\thut-db\tlive\tdocker container hut-feature-hut-db
                portrun: error: `hut-db` is held by the container hut-feature-hut-db
                portrun: hint: `docker stop hut-feature-hut-db` ends it; or use `--force`
                status 1
                hut-feature-hut-db
                0
                Error response from daemon: remove hut-f
                hut-db
                hut-feature-hut-db
                hut-db 0.0.0.0:18200->80/tcp
                2
                0

                """ && result.ending == .exited(0), "\(result)")
    }

    @Test func projectsImagesAndVolumesArePartedByThemselves() throws {
        let script =
            Self.start + #"""
                for folder in hut feature; do
                    inside $folder 'docker compose -p ci up -d >/dev/null 2>&1; docker compose -p ci exec -T app cat /mark'
                    inside $folder 'docker run --rm hut/app:dev cat /mark'
                    inside $folder "docker compose -p ci exec -T app sh -c 'echo $folder >/data/mark'"
                done
                inside hut 'docker compose -p ci exec -T app cat /data/mark'
                inside feature 'docker exec ci-app-1 cat /data/mark'
                inside feature 'docker compose -p ci down -t 0 -v' 2>/dev/null
                inside hut 'docker compose -p ci exec -T app cat /data/mark'
                docker ps --format '{{.Names}}'
                docker volume ls --format '{{.Name}}'
                docker image ls --format '{{.Repository}}:{{.Tag}}' | grep hut | sort
                inside feature 'docker build -q -t hut/tool . >/dev/null; docker run --rm hut/tool cat /mark'
                docker image ls --format '{{.Repository}}:{{.Tag}}' | grep tool
                """#
        let result = try Checkout.run(try #require(Checkout.engine), "sealed", "bash", "-c", script)
        #expect(
            result.output == """
                hut
                hut
                feature
                feature
                hut
                feature
                hut
                ci-app-1
                hut_data
                hut/app:dev
                hut/app:dev-hut-feature
                feature
                hut/tool:hut-feature

                """ && result.ending == .exited(0), "\(result)")
    }

    /// Ids out of a list of all containers, and whatever removes what is unused.
    @Test func whatScriptsDoNotNameIsNobodyElses() throws {
        let script =
            Self.start + #"""
                for folder in hut feature; do
                    inside $folder 'docker compose up -d >/dev/null 2>&1; docker run -d --init --name hut-db -v rows:/rows bb:1 sleep 1000 >/dev/null'
                done
                docker run -d --name stranger bb:1 sleep 1000 >/dev/null
                state() { docker inspect -f '{{.Name}} {{.State.Status}}' hut-app-1 hut-db stranger 2>&1 | tr '\n' ' '; echo; }
                main=$(docker inspect -f '{{slice .Id 0 12}}' hut-app-1)
                inside feature "docker ps --format '{{.Names}}' | sort"
                inside feature 'docker ps | grep hut-db | cut -d" " -f1 | xargs docker stop -t 0' | wc -l
                state
                inside feature 'docker ps -q --filter status=running | xargs docker inspect -f "{{.Name}}" | sort'
                inside feature "docker exec $main true; echo status \$?"; cat "$work/log" | sed "s/$main/ID/"
                (cd "$work/feature"; portrun -- docker stop -t 0 $main hut-db 2>&1; portrun -- docker logs $main) | sed "s/$main/ID/"
                inside feature 'docker network ls --format "{{.Name}}" | grep hut; docker volume ls -q | grep -e hut -e rows'
                docker stop -t 0 $(docker ps -q) >/dev/null; docker rm hut-db >/dev/null
                inside feature 'docker container prune -f >/dev/null; docker system prune -f --volumes >/dev/null; docker volume prune -af >/dev/null'
                docker ps -a --format '{{.Names}}'; docker volume ls -q | sort
                cd "$work/hut"; docker compose start 2>/dev/null; cd "$work"; git -C hut worktree add -q "$work/third"
                inside third 'docker compose up -d >/dev/null 2>&1'
                inside feature 'docker rm -f $(docker ps -q) 2>/dev/null; docker compose ls -q | xargs -I{} docker compose -p {} down -t 0 >/dev/null 2>&1'
                inside feature 'docker volume prune -af >/dev/null'; cat "$work/log"
                docker ps --format '{{.Names}}' | sort
                """#
        let result = try Checkout.run(try #require(Checkout.engine), "sealed", "bash", "-c", script)
        #expect(
            result.output == """
                hut-feature-app-1
                hut-feature-hut-db
                stranger
                1
                /hut-app-1 running /hut-db running /stranger running \("")
                /hut-feature-app-1
                /stranger
                status 125
                portrun: error: `ID` is `hut-app-1` of hut/main, and `docker exec` is not for that here
                portrun: hint: put `PORTRUN=0` before the command to reach it
                portrun: warning: `docker stop` leaves out `ID`: it is `hut-app-1` of hut/main; `PORTRUN=0` before the command reaches it
                hut-feature-hut-db
                hut-feature_default
                hut-feature-rows
                hut-feature_data
                hut-app-1
                hut_data
                hut-app-1
                hut-third-app-1

                """ && result.ending == .exited(0), "\(result)")
    }

    /// What was started by hand is the checkout's own, also before portrun has booked anything.
    @Test func aContainerThatRanBeforeStaysAsItIs() throws {
        let script =
            Self.start + #"""
                cd "$work/hut"
                printf 'services: {db: {image: "bb:1", init: true, command: [sleep, "1000"], ports: ["18300:80"]}}\n' >compose.yaml
                docker compose up -d 2>/dev/null
                before=$(docker ps -q)
                portrun export 2>&1 | grep -E 'PORT|portrun:'
                portrun -- docker compose up -d 2>&1 | grep -v Running || true
                test "$(docker ps -q)" = "$before" && portrun status | cut -f 2,3,6
                inside feature 'docker stop -t 0 /hut-db-1 2>&1'
                docker ps --format '{{.Names}}'
                """#
        let result = try Checkout.run(try #require(Checkout.engine), "sealed", "bash", "-c", script)
        #expect(
            result.output.replacing(/export PORTRUN_C.*\n/, with: "") == """
                export DB_PORT=18300
                db\t18300\tlive
                portrun: error: `hut-db-1` is `hut-db-1` of hut/main, and `docker stop` is not for that here
                portrun: hint: put `PORTRUN=0` before the command to reach it
                hut-db-1

                """ && result.ending == .exited(0), "\(result)")
    }
}
