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
}
