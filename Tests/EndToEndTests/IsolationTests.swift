import Testing

/// A project that gives its volumes, networks and images names of their own, in two worktrees at once.
@Suite(.timeLimit(.minutes(30)))
struct IsolationTests {
    @Test(.enabled(if: Checkout.engine != nil, "PORTRUN_ENGINE names no script that starts a Docker engine"))
    func eachWorktreeHasItsOwn() throws {
        let script = #"""
            set -e
            work=$(mktemp -d)
            trap 'rm -rf "$work"' EXIT
            export GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@t GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@t
            git init -q -b main "$work/crate"
            cd "$work/crate"
            cat >compose.yaml <<'C'
            services:
              web:
                image: crate/web:dev
                build: .
                init: true
                command: [sleep, "1000"]
                volumes: ["data:/data"]
                networks: {back: {ipv4_address: 10.93.0.5}}
              job:
                image: crate/web:dev
                init: true
                command: [sleep, "1000"]
            networks:
              back:
                name: crate_backend
                ipam: {config: [{subnet: 10.93.0.0/24}]}
            volumes:
              data: {name: crate_data}
            C
            printf 'FROM bb:1\nCOPY mark /mark\n' >Dockerfile
            touch mark
            git add .
            git commit -qm crate
            git worktree add -q -b feature "$work/feature"
            options="--isolate volumes,networks,images"
            for folder in crate feature; do
                cd "$work/$folder"
                echo "$folder" >mark
                if [ "$folder" = crate ]; then
                    portrun run -q $options -- docker compose up -d >"$work/log" 2>&1 || cat "$work/log"
                else
                    # By way of the shim, which is to know the options too.
                    portrun run -q $options -- sh -c 'docker compose up -d' >"$work/log" 2>&1 || cat "$work/log"
                fi
                portrun run -q $options -- docker compose exec -T web sh -c "echo $folder >/data/mark"
            done
            for folder in crate feature; do
                cd "$work/$folder"
                for service in web job; do
                    portrun run -q $options -- docker compose exec -T $service cat /mark
                done
                portrun run -q $options -- docker compose exec -T web cat /data/mark
            done
            docker volume ls --format '{{.Name}}' | sort
            docker network ls --format '{{.Name}}' | grep crate | sort
            docker image ls --format '{{.Repository}}:{{.Tag}}' | grep crate | sort
            for folder in crate feature; do
                cd "$work/$folder" && portrun run -q $options -- docker compose down -t 0 -v >/dev/null 2>&1
            done
            """#
        let result = try Checkout.run(try #require(Checkout.engine), "sealed", "bash", "-c", script)
        #expect(
            result.output == """
                crate
                crate
                crate
                feature
                feature
                feature
                crate-feature_data
                crate_data
                crate-feature_back
                crate-feature_default
                crate_backend
                crate_default
                crate/web:dev
                crate/web:dev-crate-feature

                """ && result.ending == .exited(0), "\(result)")
    }

    @Test(.enabled(if: Checkout.engine != nil, "PORTRUN_ENGINE names no script that starts a Docker engine"))
    func aBuildStartsFromTheImageOfItsOwnWorktree() throws {
        let script = #"""
            set -e
            work=$(mktemp -d)
            trap 'rm -rf "$work"' EXIT
            export GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@t GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@t
            git init -q -b main "$work/mill"
            cd "$work/mill"
            mkdir base child
            printf 'FROM bb:1\nCOPY mark /mark\n' >base/Dockerfile
            printf 'FROM mill/base:dev\nRUN echo child >>/mark\n' >child/Dockerfile
            echo main >base/mark
            cat >compose.yaml <<'C'
            services:
              base: {image: "mill/base:dev", build: {context: base, tags: ["mill/base:extra"]}}
              child: {build: child, command: [cat, /mark]}
            C
            git add .
            git commit -qm mill
            git worktree add -q -b feature "$work/feature"
            for folder in mill feature; do
                cd "$work/$folder"
                echo "$folder" >base/mark
                for service in base child; do
                    portrun run -q --isolate images -- docker compose build $service >"$work/log" 2>&1 || cat "$work/log"
                done
                portrun run -q --isolate images -- docker compose run --rm -T child 2>/dev/null
            done
            docker image ls --format '{{.Repository}}:{{.Tag}}' | grep mill/ | sort
            for folder in mill feature; do
                cd "$work/$folder" && portrun run -q --isolate images -- docker compose down -t 0 >/dev/null 2>&1
            done
            """#
        let result = try Checkout.run(try #require(Checkout.engine), "sealed", "bash", "-c", script)
        #expect(
            result.output == """
                mill
                child
                feature
                child
                mill/base:dev
                mill/base:dev-mill-feature
                mill/base:extra
                mill/base:extra-mill-feature

                """ && result.ending == .exited(0), "\(result)")
    }
}
