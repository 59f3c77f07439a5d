import PortrunBase
import PortrunCompose
import PortrunKit
import PortrunLaunch
import Testing

/// A compose that knows no `!override`, in two worktrees at once on a real engine.
@Suite(
    .timeLimit(.minutes(30)),
    .enabled(if: Checkout.engine != nil, "PORTRUN_ENGINE names no script that starts a Docker engine"))
struct OldComposeEngineTests {
    @Test func everyPortAnswersForItsOwnWorktree() throws {
        let script = #"""
            set -e
            work=$(mktemp -d)
            trap 'rm -rf "$work"' EXIT
            export GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@t GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@t
            export PORTRUN_REGISTRY=$work/registry.sqlite
            mkdir "$work/bin"
            cat >"$work/bin/docker" <<D
            #!/bin/sh
            for word; do
                [ "\$word" = version ] && echo 'Docker Compose version v2.20.3' && exit
                [ ! -f "\$word" ] || ! grep -q '![or]' "\$word" || exit 1
            done
            exec $(command -v docker) "\$@"
            D
            chmod +x "$work/bin/docker"
            PATH=$work/bin:$PATH
            git init -q -b main "$work/shop"
            cd "$work/shop"
            cat >compose.yaml <<'C'
            services:
              site:
                image: bb:1
                init: true
                container_name: the-site
                env_file: site.env
                command: [sh, -c, 'mkdir -p /www; echo "$$WORD $$0 $$(hostname)" >/www/index.html; httpd -f -p 80 -h /www']
                ports: ["18080:80"]
                volumes: [data:/data]
              tool: {image: bb:1, profiles: [tools], command: [sh, -c, "wget -qO- http://the-site/"]}
            volumes: {data: }
            C
            printf 'WORD=a$$b\n' >site.env
            git add .
            git commit -qm shop
            git worktree add -q -b two "$work/two"
            for folder in shop two; do
                cd "$work/$folder"
                portrun -q -- docker compose up -d >"$work/log" 2>&1 || cat "$work/log"
            done
            for folder in shop two; do
                cd "$work/$folder"
                port=$(portrun get -q --no-book site)
                own=$(portrun -q -- docker compose exec -T site hostname)
                answer=$(curl -s --retry 20 --retry-delay 0 --retry-all-errors "http://127.0.0.1:$port/")
                [ "$answer" = "a\$b sh $own" ] && echo "$folder answers"
                tool=$(portrun -q -- docker compose run --rm -T tool 2>/dev/null)
                [ "$tool" = "$answer" ] && echo "$folder finds its own"
            done
            docker ps --format '{{.Names}}' | sort
            for folder in shop two; do
                cd "$work/$folder"
                portrun -q -- docker compose down -v -t 0 >/dev/null 2>&1
            done
            docker ps -aq
            docker volume ls -q
            """#
        let result = try Checkout.run(try #require(Checkout.engine), "sealed", "bash", "-c", script)
        #expect(
            result
                == .printed(
                    """
                    shop answers
                    shop finds its own
                    two answers
                    two finds its own
                    shop-two-the-site
                    the-site

                    """))
    }
}
