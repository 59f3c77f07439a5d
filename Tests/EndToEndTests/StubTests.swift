import Foundation
import Testing

/// Frameworks that need a registry to be installed: stubs of them print the words and the PORT that they were given.
///
/// What a stub cannot prove is that the real program obeys; the table of frameworks names where that is said.
@Suite(.timeLimit(.minutes(30)), .enabled(if: Program.find("npm") != nil, "npm is not installed"))
struct StubTests {
    let project: Project

    init() throws {
        project = try Project()
        try project.becomeGuest()
        let programs = [
            "vite", "vp", "react-router", "rsbuild", "astro", "ng", "react-native", "expo", "vitepress", "wrangler",
            "storybook", "docusaurus", "webpack", "parcel", "gatsby", "next", "nuxt", "serve", "json-server",
            "react-scripts", "concurrently",
        ]
        for name in programs {
            try project.scratch.write(
                "{\"name\": \"\(name)\", \"bin\": {\"\(name)\": \"bin/cli.js\"}}\n",
                to: "node_modules/\(name)/package.json")
            try project.scratch.writeProgram(
                "#!/usr/bin/env node\nconsole.log('\(name)', ...process.argv.slice(2), 'PORT=' + process.env.PORT)\n",
                to: "node_modules/\(name)/bin/cli.js")
        }
        let outcome = try project.scratch.shell(
            """
            mkdir node_modules/.bin
            for name in \(programs.joined(separator: " ")); do ln -s "../$name/bin/cli.js" "node_modules/.bin/$name"; done
            """)
        try #require(outcome == .printed(""))
    }

    /// A script, and what the stub in it prints; `@` is the port.
    static let scripts: [(script: String, printed: String)] = [
        ("vite", "vite --port @ PORT=@"), ("vite preview", "vite preview --port @ PORT=@"),
        ("vp dev", "vp dev --port @ PORT=@"), ("react-router dev", "react-router dev --port @ PORT=@"),
        ("rsbuild dev", "rsbuild dev --port @ PORT=@"), ("astro dev", "astro dev --port @ PORT=@"),
        ("ng serve", "ng serve --port @ PORT=@"), ("react-native start", "react-native start --port @ PORT=@"),
        ("expo start", "expo start --port @ PORT=@"), ("vitepress dev docs", "vitepress dev docs --port @ PORT=@"),
        ("wrangler dev", "wrangler dev --port @ PORT=@"),
        ("storybook dev -p 6006", "storybook dev -p 6006 -p @ PORT=@"),
        ("docusaurus start", "docusaurus start --port @ PORT=@"), ("webpack serve", "webpack serve --port @ PORT=@"),
        ("parcel index.html", "parcel index.html --port @ PORT=@"),
        ("gatsby develop", "gatsby develop --port @ PORT=@"),
        ("next dev", "next dev PORT=@"), ("next dev -p 3001", "next dev -p 3001 --port @ PORT=@"),
        ("nuxt dev", "nuxt dev PORT=@"), ("serve dist", "serve dist PORT=@"),
        ("json-server db.json", "json-server db.json --port @ PORT=@"),
        // By the preload
        ("astro dev --port 4000", "astro dev --port @ PORT=@"),
        ("vite --mode 'a b' | cat", "vite --mode a b --port @ PORT=@"),
        ("gatsby develop -p4000 -H x", "gatsby develop -H x --port @ PORT=@"),
        ("(vite -- x)", "vite --port @ -- x PORT=@"),
        ("serve -l 4000", "serve -l @ PORT=@"), ("PORT=4000 react-scripts start", "react-scripts start PORT=@"),
        ("vite build", "vite build PORT=@"), ("node node_modules/vite/bin/cli.js", "vite PORT=@"),
    ]

    @Test(arguments: scripts)
    func isToldItsPort(_ script: String, _ printed: String) throws {
        try write(scripts: ["dev": script])
        let outcome = try run("npm", "run", "--silent", "dev")
        let port = try port(of: "web")
        #expect(outcome == .printed(printed.replacing("@", with: port) + "\n"))
    }

    @Test func eachServerOfAScriptHasItsOwnPort() throws {
        try write(scripts: [
            "dev": "vite & astro dev & npm run book & wait", "book": "storybook dev -p 6006 --ci",
        ])
        let outcome = try run("npm", "run", "--silent", "dev")
        #expect(outcome.errors == "")
        let lines = outcome.output.split(separator: "\n").filter { !$0.hasPrefix(">") }.sorted()
        let (vite, astro, storybook) = (
            try port(of: "vite"), try port(of: "astro"), try port(of: "storybook")
        )
        #expect(Set([vite, astro, storybook]).count == 3)
        #expect(
            lines == [
                "astro dev --port \(astro) PORT=undefined", "storybook dev --ci -p \(storybook) PORT=undefined",
                "vite --port \(vite) PORT=undefined",
            ])
    }

    @Test func keepsWhatTheUserHasNodeDo() throws {
        try project.scratch.write("console.log('mine')\n", to: "my own.cjs")
        try write(scripts: ["dev": "node -p process.env.NODE_OPTIONS; (vite)"])
        let own = "--require \"\(project.scratch.project)/my own.cjs\""
        let outcome = try run("npm", "run", "--silent", "dev", variables: ["NODE_OPTIONS=\(own)"])
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.filter { $0 == "mine" }.count == 3)
        #expect(lines.contains { $0.hasPrefix(own + " --require \"") && $0.hasSuffix(".cjs\"") })
        #expect(lines.contains { $0.hasPrefix("vite --port ") })
    }

    @Test func aRunInsideAnotherLoadsItsOwnAlone() throws {
        try write(scripts: ["dev": "\(Program.portrun) -- node -p 'process.env.NODE_OPTIONS + \"\"' | cat; (vite)"])
        #expect(try run("npm", "run", "--silent", "dev").output.hasPrefix("undefined\nvite --port "))
    }

    /// Programs of other languages that are not installed everywhere.
    @Test(
        arguments: [
            ("streamlit run app.py", "run app.py --server.port @"), ("jupyter lab", "lab --port=@"),
            ("fastapi dev main.py", "dev main.py --port @"), ("rails server", "server"),
            ("jekyll serve", "serve --port @"), ("dotnet run", "run -- --urls http://localhost:@"),
            ("mix phx.server", "phx.server"), ("cargo run", "run"), ("poetry run flask run", "run flask run --port @"),
            ("bundle exec puma", "exec puma -p @"), ("uv run fastapi dev", "run fastapi dev --port @"),
        ])
    func isToldItsPortOutsideNode(_ command: String, _ printed: String) throws {
        let words = command.split(separator: " ").map(String.init)
        try project.scratch.writeProgram("#!/bin/sh\necho \"$@\" PORT=$PORT\n", to: "bin/\(words[0])")
        let outcome = try run("\(project.scratch.project)/bin/\(words[0])", words.dropFirst().map { $0 })
        let port = try port(of: "web")
        #expect(outcome == .printed(printed.replacing("@", with: port) + " PORT=\(port)\n"))
    }

    @Test func springReadsAVariableOfItsOwn() throws {
        try project.scratch.writeProgram("#!/bin/sh\necho $SERVER_PORT\n", to: "mvnw")
        let outcome = try run("./mvnw", "spring-boot:run")
        #expect(outcome == .printed("\(try port(of: "web"))\n"))
        #expect(try run("./mvnw", "package") == .printed("\n"))
    }

    private func write(scripts: [String: String]) throws {
        let data = try JSONSerialization.data(withJSONObject: ["name": "project", "scripts": scripts])
        try project.scratch.write(String(decoding: data, as: UTF8.self), to: "package.json")
    }

    private func run(_ words: String..., variables: [String] = []) throws -> Outcome {
        try project.run(["-q", "--"] + words, variables)
    }

    private func run(_ program: String, _ words: [String]) throws -> Outcome {
        try project.run(["-q", "--", program] + words)
    }

    private func port(of service: String) throws -> String {
        try project.run("get", "--no-book", "-q", service).output.filter(\.isNumber)
    }
}
