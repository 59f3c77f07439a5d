import Foundation
import PortrunBase
import PortrunLaunch
import Testing

@Suite(.timeLimit(.minutes(30)))
struct ImportCommandTests {
    let project: Project

    init() throws { project = try Project() }

    @Test func readsWhatListPrints() throws {
        let port = project.outside
        let text = "grafana:\(port):the dashboards\nweb:\(port + 1):http://localhost: #4\n"
        try project.scratch.write("# ports\n\n  grafana : \(port) : the dashboards\r\n" + text, to: "ports.txt")
        let booked = Outcome.printed("grafana \(port)\ngrafana \(port)\nweb \(port + 1)\n")
        #expect(try project.run("import", "ports.txt") == booked)
        #expect(try project.run("import", "ports.txt", "--strict") == booked)
        #expect(try project.run("list", "--format", "ports") == .printed(text))
        _ = try project.run("book", "mail")
        #expect(
            try project.run("list", "--format", "ports") == .printed(text + "project/mail:\(project.first):\n"))
    }

    /// Into the same registry, which it leaves as it is, and into an empty one.
    @Test func takesAllThatListPrints() throws {
        let (port, first) = (project.outside, project.first)
        _ = try project.run("register", "a:b", "\(port)", "-d", "c:d # e")
        _ = try project.run("register", " #\\ ", "\(port + 1)")
        _ = try project.run("book", "web:1", "dns")
        _ = try project.run("book", "dns", "--udp", "--port", "\(first)")
        _ = try project.run("book", "block", "--block", "3", "--range", "\(port + 2)-\(port + 4)")
        _ = try project.run("book", "rtp", "--udp", "--block", "2", "--port", "\(port + 5)", "--context", "a/b")
        let list = """
            a/b/rtp:\(port + 5)-\(port + 6)/udp:
            a\\:b:\(port):c:d # e
            \\ #\\\\\\ :\(port + 1):
            project/web\\:1:\(project.web):
            project/dns:\(first):
            project/dns:\(first)/udp:
            project/block:\(port + 2)-\(port + 4):

            """
        #expect(try project.run("list", "--format", "ports") == .printed(list))
        try project.scratch.write(list, to: "ports.txt")
        let before = try project.run("list", "--json")
        let booked = """
            rtp \(port + 5)-\(port + 6)/udp
            a:b \(port)
             #\\  \(port + 1)
            web:1 \(project.web)
            dns \(first)
            dns \(first)/udp
            block \(port + 2)-\(port + 4)

            """
        #expect(try project.run("import", "--strict", "ports.txt") == .printed(booked))
        #expect(try project.run("list", "--json") == before)
        let other = ["--registry", project.scratch.path + "/other.sqlite"]
        #expect(try project.run(["import", "--strict", "ports.txt"] + other).ending == .exited(0))
        let again = try project.run(["list", "--format", "ports"] + other)
        func sorted(_ text: String) -> [Substring] { text.split(separator: "\n").sorted() }
        #expect(sorted(again.output) == sorted(list))
    }

    @Test func readsStandardInput() throws {
        let port = project.outside
        let script = "printf 'a:\(port):\\nb\\n' | \"$LAUNCHER\" import -"
        #expect(
            try project.scratch.shell(script)
                == Outcome(
                    ending: .exited(1), output: "a \(port)\n",
                    errors: "portrun: refused: -:2: not `name:port:description`\n"))
    }

    @Test func refusesABlockThatHasGrown() throws {
        let port = project.outside
        _ = try project.run("register", "block", "\(port)")
        try project.scratch.write("block:\(port)-\(port + 1):\n", to: "p")
        #expect(
            try project.run("import", "p")
                == .failed(1, "portrun: refused: p:1: `block` of machine has port \(port)\n"))
    }

    @Test(arguments: [false, true])
    func reportsWhatItRefuses(_ isStrict: Bool) throws {
        let port = project.outside
        _ = try project.run("book", "a", "--port", "\(port)")
        try project.scratch.write("x:\(port):\nnope\ny:\(port + 1)\ny:\(port + 2)\nz:0:\n", to: "p")
        let refused = """
            portrun: refused: p:1: port \(port) is booked by project a
            portrun: refused: p:2: not `name:port:description`
            portrun: refused: p:4: `y` of machine has port \(port + 1)
            portrun: refused: p:5: not a port: `0`

            """
        let strict = """
            portrun: error: nothing imported: 4 refused in `p`
            portrun: hint: without `--strict` the others are booked

            """
        #expect(
            try project.run(["import", "p"] + (isStrict ? ["--strict"] : []))
                == Outcome(
                    ending: .exited(1), output: isStrict ? "" : "y \(port + 1)\n",
                    errors: refused + (isStrict ? strict : "")))
        #expect(try project.run("list", "-q").output == (isStrict ? "\(port)\n" : "\(port + 1)\n\(port)\n"))
    }

    @Test func printsJSON() throws {
        try project.scratch.write("nope\n", to: "p")
        #expect(
            try project.run("import", "p", "--json")
                == Outcome(
                    ending: .exited(1),
                    output: """
                        {
                          "booked": [],
                          "refused": [
                            {
                              "file": "p",
                              "line": 1,
                              "reason": "not `name:port:description`"
                            }
                          ]
                        }

                        """, errors: ""))
    }

    @Test func tellsWhatItCannotRead() throws {
        #expect(
            try project.run("import", "p")
                == .failed(125, "portrun: error: cannot read `p`: No such file or directory\n"))
        #expect(
            try project.run("import", "--from", "portman", "p")
                == .failed(125, "portrun: error: cannot open `p`: No such file or directory\n"))
        try project.scratch.write("not a database, but long enough to be looked at by whoever reads it\n", to: "p")
        #expect(
            try project.run("import", "--from", "portman", "p")
                == .failed(125, "portrun: error: `p` is no SQLite database\n"))
        #expect(
            try project.run("import", "--from", "port-registry", project.scratch.registry)
                == .failed(
                    125,
                    """
                    portrun: error: `\(project.scratch.registry)` is no registry of port-registry: no such table: \
                    allocations

                    """))
    }

    @Test func takesOverPortmansCheckouts() throws {
        let port = project.outside
        let repository = project.scratch.project + "/shop"
        let script = try project.scratch.shell(
            """
            set -e
            git init -q -b main shop && cd shop
            git -c user.name=a -c user.email=a@example.org commit -q --allow-empty -m first
            git remote add origin https://example.org/shop.git
            """)
        #expect(script.ending == .exited(0), "\(script)")
        func hash(_ identity: String) -> String { String(MD5.hexadecimal(of: identity.utf8).prefix(12)) }
        try makeRegistry(
            """
            CREATE TABLE allocations (
                id INTEGER PRIMARY KEY AUTOINCREMENT, context_hash TEXT NOT NULL, context_path TEXT NOT NULL,
                context_label TEXT, service TEXT NOT NULL, port INTEGER NOT NULL UNIQUE, container_port INTEGER,
                env_var TEXT, source TEXT, created_at TEXT, last_accessed_at TEXT, UNIQUE(context_hash, service));
            INSERT INTO allocations (context_hash, context_path, context_label, service, port, container_port, env_var)
            VALUES ('\(hash("https://example.org/shop.git:main"))', '\(repository)', 'shop/main', 'db', \(port), 5432,
                    'DB_PORT'),
                ('\(hash("https://example.org/shop.git:a/b"))', '\(repository)', 'shop/a/b', 'db', \(port + 1), 5432,
                    'DB_PORT'),
                ('\(hash(project.scratch.project))', '\(project.scratch.project)', 'project', 'mail', \(port + 2), NULL,
                    '1BAD'),
                ('0123456789ab', '/nope', 'gone/main', 'db', \(port + 3), NULL, NULL),
                ('0123456789ab', '\(repository)', 'other/main', 'x', \(port + 4), NULL, NULL);
            """)
        let before = try FileSystem.read(project.scratch.project + "/foreign.db")
        #expect(
            try project.run("import", "--from", "portman", "foreign.db")
                == Outcome(
                    ending: .exited(1),
                    output: "shop/main db \(port)\nshop/a-b db \(port + 1)\nproject mail \(port + 2)\n",
                    errors: """
                        portrun: refused: foreign.db: allocation 4: `/nope` of `gone/main` is gone
                        portrun: refused: foreign.db: allocation 5: `\(repository)` is no checkout of `other/main` with \
                        the hash 0123456789ab

                        """))
        #expect(try FileSystem.read(project.scratch.project + "/foreign.db") == before)
        #expect(try project.run("get", "db", "--no-book", "-q", "-C", "shop") == .printed("\(port)\n"))
        _ = try project.scratch.shell("cd shop && git checkout -q -b a/b")
        #expect(try project.run("get", "db", "--no-book", "-q", "-C", "shop") == .printed("\(port + 1)\n"))
        #expect(try project.run("get", "mail", "--no-book", "-q") == .printed("\(port + 2)\n"))
        // A name that no shell takes is left out.
        #expect(!(try project.run("list", "--service", "mail").output.contains("1BAD")))
    }

    @Test func takesOverPortRegistrysApps() throws {
        let port = project.outside
        try makeRegistry(
            """
            CREATE TABLE allocations (id INTEGER PRIMARY KEY, app TEXT, instance TEXT, service TEXT, port INTEGER,
                created_at TEXT);
            INSERT INTO allocations VALUES (1, 'shop', 'main', 'db', \(port), ''), (2, 'shop', NULL, 'db', \(port + 1), ''),
                (3, '', 'x', 'db', 9, ''), (4, 'shop', 'main', 'web', 70000, '');
            """)
        #expect(
            try project.run("import", "--from", "port-registry", "foreign.db")
                == Outcome(
                    ending: .exited(1), output: "shop/main db \(port)\nshop db \(port + 1)\n",
                    errors: """
                        portrun: refused: foreign.db: allocation 3: the name given to `--app` is empty
                        portrun: refused: foreign.db: allocation 4: not a port: `70000`

                        """))
        #expect(
            try project.run("get", "db", "--no-book", "-q", "--app", "shop", "--instance", "main")
                == .printed("\(port)\n"))
    }

    /// Makes the registry of another tool by the program that users have for it.
    private func makeRegistry(_ script: String) throws {
        try project.scratch.write(script, to: "foreign.sql")
        let outcome = try project.scratch.shell(
            #"python3 -c 'import sqlite3; sqlite3.connect("foreign.db").executescript(open("foreign.sql").read())'"#)
        try #require(outcome.ending == .exited(0), "\(outcome)")
    }
}
