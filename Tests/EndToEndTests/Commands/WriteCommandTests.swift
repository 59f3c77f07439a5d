import Foundation
import PortrunBase
import PortrunLaunch
import Testing

@Suite(.timeLimit(.minutes(30)))
struct WriteCommandTests {
    let project: Project
    private var scratch: Scratch { project.scratch }

    init() throws { project = try Project() }

    @Test func setsVariablesOfAnEnvFile() throws {
        try scratch.write("# ports\nPORT=1 # web\nNAME='a b'\n", to: ".env")
        #expect(
            try project.run("write", ".env", "PORT=web", "DB_PORT=postgres", "API={url:api}/v1")
                == said("`.env` written: web \(project.web), postgres \(project.postgres), api \(project.first)"))
        #expect(
            try scratch.read(".env") == """
                # ports
                PORT=\(project.web) # web
                NAME='a b'
                DB_PORT=\(project.postgres)
                API=http://localhost:\(project.first)/v1

                """)
        #expect(try scratch.read(".env.bak") == "# ports\nPORT=1 # web\nNAME='a b'\n")
        // They are the ports that everything else here gets.
        #expect(try project.run("get", "postgres", "-q") == .printed("\(project.postgres)\n"))
        #expect(try project.run("write", ".env", "PORT=web") == said("`.env` stays as it is"))
    }

    @Test func setsValuesOfAJSONFile() throws {
        try scratch.write("{\n  \"name\": \"shop\",\n  \"config\": {\"port\": \"1\"}\n}\n", to: "package.json")
        #expect(
            try project.run("write", "package.json", "/config/port=web", "/server/port=web", "-q", "--no-backup")
                == .printed(""))
        #expect(
            try scratch.read("package.json") == """
                {
                  "name": "shop",
                  "config": {"port": "\(project.web)"},
                  "server": {
                    "port": \(project.web)
                  }
                }

                """)
        #expect(FileSystem.kind(of: scratch.project + "/package.json.bak") == nil)
    }

    @Test func setsTheKeyThatIsMeant() throws {
        let text = "[api]\nport = 1\n\n[db]\nport = 2 # main's\n"
        try scratch.write(text, to: "settings.toml")
        #expect(
            try project.run("write", "settings.toml", "port=api")
                == .failed(
                    125,
                    """
                    portrun: error: `settings.toml` has more than one `port`: line 2, line 5
                    portrun: hint: say which: `/api/port=…` (line 2), `/db/port=…` (line 5)

                    """))
        #expect(
            try project.run("write", "settings.toml", "user=api")
                == .failed(125, "portrun: error: `settings.toml` has no key `user`\n"))
        #expect(
            try project.run("write", "none.toml", "/a=db")
                == .failed(125, "portrun: error: there is no file `none.toml`, and only env and JSON files are made\n"))
        #expect(try scratch.read("settings.toml") == text)
        #expect(try project.run("write", "settings.toml", "/db/port=postgres", "-q") == .printed(""))
        #expect(try scratch.read("settings.toml") == text.replacing("2 #", with: "\(project.postgres) #"))
        try scratch.write("web:\n  url: 'http://localhost:1'\n", to: "local.yaml")
        #expect(try project.run("write", "local.yaml", "url={url:web}", "-q") == .printed(""))
        #expect(try scratch.read("local.yaml") == "web:\n  url: 'http://localhost:\(project.web)'\n")
    }

    @Test func makesAFileFromATemplate() throws {
        try scratch.write("listen {port}; # {{port}}\nproxy {url:api};", to: "a.in")
        #expect(
            try project.run("write", "--template", "a.in", "a.conf")
                == said("`a.conf` written: web \(project.web), api \(project.first)"))
        #expect(
            try scratch.read("a.conf")
                == "listen \(project.web); # {port}\nproxy http://localhost:\(project.first);")
    }

    /// A template is the project's, as any file that is read.
    @Test func readsNoTemplateThatIsNoFileOfTheProject() throws {
        let outcome = try scratch.shell(
            """
            set -e
            git init -q -b main; mkfifo pipe; mkdir ../elsewhere; echo secret >../elsewhere/key
            ln -s ../elsewhere/key key; ln -s ../elsewhere folder; ln -s /dev/zero zero; ln -s /proc/self/environ made
            ln -s .git/config config
            for name in pipe key folder/key zero made config /dev/zero /proc/self/environ .; do
                timeout 20 "$LAUNCHER" write --template $name out || echo $?
            done
            ls ../elsewhere; ls -d out || true
            echo '{port}' >inside; ln -s inside link; "$LAUNCHER" write --template link out -q; cat out
            echo '{port}' >../elsewhere/mine; "$LAUNCHER" write --template ../elsewhere/mine own -q; cat own
            """)
        let refusals = String(repeating: "125\n", count: 9)
        #expect(outcome.output == refusals + "key\n\(project.web)\n\(project.web)\n", "\(outcome)")
        #expect(outcome.errors.contains("elsewhere/key`, which is not in this checkout"), "\(outcome)")
        #expect(!outcome.errors.contains("secret"))
    }

    @Test func onlyShowsWhatItWouldDo() throws {
        try scratch.write("A=1\nPORT=1\n", to: ".env")
        let outcome = try project.run("write", ".env", "PORT=web", "--dry-run")
        #expect(
            outcome == .printed("--- .env\n+++ .env\n@@ -1,2 +1,2 @@\n A=1\n-PORT=1\n+PORT=\(project.web)\n"))
        #expect(try scratch.read(".env") == "A=1\nPORT=1\n")
        #expect(FileSystem.kind(of: scratch.project + "/.env.bak") == nil)
        #expect(try project.run("status") == .printed(""))
    }

    @Test func keepsModeAndLinks() throws {
        let outcome = try scratch.shell(
            """
            mkdir real; echo PORT=1 > real/env; chmod 640 real/env; ln -s real/env link; ln -s link .env
            "$LAUNCHER" write .env PORT=web -q
            stat -c '%a %F' real/env real/env.bak link .env; readlink .env; cat real/env; ls -A . real
            """)
        #expect(
            outcome
                == .printed(
                    """
                    640 regular file
                    640 regular file
                    777 symbolic link
                    777 symbolic link
                    link
                    PORT=\(project.web)
                    .:
                    .env
                    link
                    real

                    real:
                    env
                    env.bak

                    """))
    }

    @Test(.enabled(if: getuid() == 0, "only root can give files away"))
    func keepsTheOwner() throws {
        let outcome = try scratch.shell(
            """
            echo PORT=1 > .env; chown 12345:23456 .env; chmod 4604 .env
            "$LAUNCHER" write .env PORT=web -q; stat -c '%u:%g %a' .env .env.bak
            """)
        #expect(outcome == .printed("12345:23456 4604\n12345:23456 4604\n"))
    }

    @Test(arguments: [
        ("config.json", "{\"a\": 1,}", "/a=web", "`config.json`:1: a `,` stands before `}`"),
        ("config.json", "{\"a\": {}}", "/a=web", "`/a` in `config.json` is an object or an array"),
        ("config.json", "{\"a\": 1}", "/a/b=web", "`config.json` has no place for `/a/b`"),
        (".env", "A B=1\n", "PORT=web", "`.env`:1: space in a variable name"),
    ])
    func leavesAFileThatItCannotChange(_ file: String, _ text: String, _ word: String, _ message: String) throws {
        try scratch.write(text, to: file)
        let outcome = try project.run("write", file, word)
        #expect(outcome == .failed(125, "portrun: error: \(message)\n"))
        #expect(try scratch.read(file) == text)
        // Nor is anything booked.
        #expect(try project.run("status", "--all") == .printed(""))
    }

    @Test(arguments: [["PORT"], ["=web"], ["1A=web"], ["/a=web"], ["PORT="]])
    func refusesWrongWords(_ words: [String]) throws {
        let outcome = try project.run(["write", ".env"] + words)
        #expect(outcome.ending == .exited(64) && outcome.output.isEmpty, "\(outcome)")
        #expect(FileSystem.kind(of: scratch.project + "/.env") == nil)
    }

    @Test func whatIsNoFileStaysOne() throws {
        let outcome = try scratch.shell(
            """
            mkdir folder.env; mkfifo pipe.env; ln -s nowhere dangling.env
            for name in folder.env pipe.env dangling.env; do "$LAUNCHER" write $name PORT=web; echo $?; done
            ls
            """)
        #expect(outcome.output == "125\n125\n125\ndangling.env\nfolder.env\npipe.env\n")
        #expect(outcome.errors.contains("dangling.env` is a link that leads nowhere"))
    }

    /// A repository may have a link to a file of the user's.
    @Test func refusesWhatALinkLeadsOutOfTheCheckout() throws {
        let outcome = try scratch.shell(
            """
            set -e
            git init -q -b main; mkdir ../elsewhere; echo A=1 >../elsewhere/profile
            ln -s ../elsewhere/profile .env; ln -s ../elsewhere folder; mkdir sub; ln -s ../.env sub/.env
            for name in .env folder/profile folder/new.env; do
                "$LAUNCHER" write $name PORT=web || echo $?
            done
            (cd sub; "$LAUNCHER" write .env PORT=web || echo $?)
            # From outside, through a link to the checkout, and into git's own files.
            (cd ..; "$LAUNCHER" write "${OLDPWD##*/}/.env" PORT=web || echo $?)
            ln -s "$PWD" ../link; "$LAUNCHER" write ../link/.env PORT=web || echo $?
            ln -s .git/config .env.git; "$LAUNCHER" write .env.git PORT=web || echo $?
            ln -s .git conf; "$LAUNCHER" write conf/commondir PORT=web || echo $?
            ls ../elsewhere; cat ../elsewhere/profile
            "$LAUNCHER" write ../elsewhere/profile PORT=web -q
            cat ../elsewhere/profile
            """)
        let refusals = String(repeating: "125\n", count: 8)
        #expect(outcome.output == refusals + "profile\nA=1\nA=1\nPORT=\(project.web)\n", "\(outcome)")
        #expect(outcome.errors.contains("`.env` is `"), "\(outcome)")
        #expect(outcome.errors.contains("elsewhere/profile`, which is not in this checkout"), "\(outcome)")
        #expect(outcome.errors.contains("if you mean that file, name it so"), "\(outcome)")
    }

    /// Success that printed nothing and said `text`.
    private func said(_ text: String) -> Outcome {
        Outcome(ending: .exited(0), output: "", errors: "portrun: \(text)\n")
    }
}
