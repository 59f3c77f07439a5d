import PortrunBase
import PortrunLaunch
import Testing

/// An unmodified project whose Makefile runs compose with `-f`, in three worktrees at once on a real engine.
@Suite(
    .timeLimit(.minutes(30)),
    .enabled(if: Checkout.engine != nil, "PORTRUN_ENGINE names no script that starts a Docker engine"))
struct ShimEngineTests {
    @Test func everyPortAnswersForTheWorktreeThatMakeWasRunIn() throws {
        let script = #"""
            set -e
            work=$(mktemp -d)
            trap 'rm -rf "$work"' EXIT
            export GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@t GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@t
            export PORTRUN_REGISTRY=$work/registry.sqlite
            git init -q -b main "$work/shop"
            cd "$work/shop"
            mkdir infra
            cat >infra/app.yaml <<'C'
            services:
              site:
                image: bb:1
                init: true
                container_name: the-site
                command: [sh, -c, "mkdir -p /www; hostname >/www/index.html; httpd -f -p 80 -h /www"]
                ports: ["18080:80", "127.0.0.1:18081:80"]
            C
            echo 'services: {site: {labels: {a: b}}}' >infra/more.yaml
            compose='docker compose -f infra/app.yaml -f infra/more.yaml'
            printf 'up:\n\t@%s up -d\ndown:\n\t@%s down -t 0\nown:\n\t@%s exec -T site hostname\n' \
                "$compose" "$compose" "$compose" >Makefile
            git add .
            git commit -qm shop
            git worktree add -q -b two "$work/two"
            git worktree add -q -b three "$work/three"
            for folder in shop two three; do
                cd "$work/$folder"
                portrun -q -- make up >"$work/log" 2>&1 || cat "$work/log"
            done
            for folder in shop two three; do
                cd "$work/$folder"
                own=$(portrun -q -- make own)
                for port in $(portrun status | grep 'site' | cut -f 3); do
                    answer=
                    for try in 1 2 3 4 5 6 7 8 9 10; do
                        answer=$(curl -sm 2 "http://127.0.0.1:$port/") && break
                        sleep 0.2
                    done
                    [ "$answer" = "$own" ] && echo "$folder $port"
                done
                git status --porcelain
            done
            docker ps --format '{{.Names}}' | sort
            for folder in shop two three; do
                cd "$work/$folder"
                portrun -q -- make down >/dev/null 2>&1
            done
            docker ps -aq
            """#
        let result = try Checkout.run(try #require(Checkout.engine), "sealed", "bash", "-c", script)
        #expect(result.ending == .exited(0), "\(result)")
        let lines = result.output.split(separator: "\n").map(String.init)
        try #require(lines.count == 9, "\(result)")
        #expect(lines[..<2] == ["shop 18080", "shop 18081"], "the main checkout keeps what it declares")
        #expect(Set(lines[..<6].map { $0.split(separator: " ")[1] }).count == 6)
        #expect(lines[6...] == ["shop-three-the-site", "shop-two-the-site", "the-site"])
    }
}
