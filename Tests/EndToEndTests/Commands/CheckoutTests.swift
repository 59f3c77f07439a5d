import PortrunBase
import PortrunCompose
import PortrunKit
import PortrunLaunch
import Testing

/// Which checkouts have which ports, with real git.
@Suite(.timeLimit(.minutes(30)))
struct CheckoutTests {
    let project: Project

    init() throws { project = try Project() }

    @Test func twoClonesOnOneBranchDoNotShareAndAMovedOneKeepsItsPort() throws {
        let outcome = try project.scratch.shell(
            """
            set -e
            git init -q --bare -b main origin.git
            port() { "$LAUNCHER" run -C "$1" -- sh -c 'echo $PORT'; }
            for clone in a b; do
                git clone -q origin.git $clone 2>/dev/null
                (cd $clone && git checkout -q -b main 2>/dev/null || true)
            done
            port a; "$LAUNCHER" status -C b; port b; port a
            mv a moved
            port moved; port b
            rm -r moved
            port b
            "$LAUNCHER" gc
            port b
            """)
        let (first, second) = (project.web, project.web + 1)
        #expect(
            outcome
                == .printed(
                    """
                    \(first)
                    \(second)
                    \(first)
                    \(first)
                    \(second)
                    \(second)
                    dropped origin/main web \(first): path is gone
                    dropped 0 dead leases, 1 booking
                    \(second)

                    """))
    }

    @Test func aBranchHasPortsOfItsOwnAndComesBackToThem() throws {
        let outcome = try project.scratch.shell(
            """
            set -e
            git init -q -b main
            git -c user.name=a -c user.email=a@example.org commit -q --allow-empty -m first
            "$LAUNCHER" get web -q
            git checkout -q -b feature/x; "$LAUNCHER" get web -q
            git worktree add -q ../tree -b feature/y; "$LAUNCHER" get web -q -C ../tree
            git checkout -q main; "$LAUNCHER" get web -q
            """)
        #expect(
            outcome == .printed("\(project.web)\n\(project.web + 1)\n\(project.web + 2)\n\(project.web)\n"))
    }

    @Test func aFolderBelowTheRootIsAServiceOfItsOwn() throws {
        let outcome = try project.scratch.shell(
            """
            set -e
            git init -q -b main
            mkdir -p apps/web apps/api
            for own in . WEB apps/web APPS_WEB apps/api APPS_API; do
                case $own in
                *[A-Z]) (cd $folder && "$LAUNCHER" -- sh -c "echo \\$PORT ${own}_PORT:\\$${own}_PORT") ;;
                *) folder=$own ;;
                esac
            done
            """)
        #expect(
            outcome
                == .printed(
                    """
                    \(project.web) WEB_PORT:\(project.web)
                    \(project.web + 1) APPS_WEB_PORT:\(project.web + 1)
                    \(project.web + 2) APPS_API_PORT:\(project.web + 2)

                    """))
    }

    @Test func onlyTheMainWorktreeLeavesTheComposeProjectAlone() throws {
        let outcome = try project.scratch.shell(
            """
            set -e
            echo 'services: {db: {image: postgres}}' > compose.yaml
            git init -q -b main
            git add compose.yaml
            git -c user.name=a -c user.email=a@example.org commit -q -m first
            git worktree add -q "../My Tree" -b Feature/Über
            "$LAUNCHER" -- sh -c 'echo ${COMPOSE_PROJECT_NAME-unset}'
            "$LAUNCHER" -C "../My Tree" -- sh -c 'echo $COMPOSE_PROJECT_NAME'
            COMPOSE_PROJECT_NAME=mine "$LAUNCHER" -C "../My Tree" -- sh -c 'echo $COMPOSE_PROJECT_NAME'
            """)
        #expect(outcome == .printed("unset\nproject-feature-ber\nmine\n"))
    }
}
