import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit

/// What becomes of a command when its server is told port 7000.
struct FrameworkCallTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(
            """
            {"name": "root", "workspaces": ["apps/*"], "scripts": {
              "dev": "vite", "start": "next dev", "fixed": "next dev -p 3005", "fixed-astro": "astro dev --port 4000",
              "prepared": "prisma generate && vite --host", "nested": "npm run dev", "nested-args": "npm run dev -- --open",
              "cross": "cross-env A=1 B=2 vite", "own-port": "PORT=4400 next dev", "variable": "next dev -p ${PORT:-3100}",
              "pipe": "vite | tee log", "both": "vite & storybook dev", "together": "concurrently -k \\"npm:dev\\" 'uvicorn main:app'",
              "all": "run-p dev storybook", "storybook": "storybook dev -p 6006", "globs": "npm-run-all --parallel 'web:*'",
              "web:one": "vite", "web:two": "astro dev", "turbo": "turbo run dev", "loop": "npm run loop",
              "build": "vite build", "python": "uvicorn main:app --reload", "django": "python manage.py runserver 0.0.0.0:8123",
              "background": "vite &", "folder": "cd apps/web && vite", "group": "(vite)", "log": "vite > log 2>&1",
              "waitress": "waitress-serve app:app", "react": "PORT=4500 react-scripts start", "quoted": "vite --mode 'my mode'"
            }}
            """, to: "package.json")
        try folder.write(#"{"name": "@acme/web", "scripts": {"dev": "vite"}}"#, to: "apps/web/package.json")
        try folder.write(#"{"name": "docs", "scripts": {"dev": "astro dev"}}"#, to: "apps/docs/package.json")
    }

    /// A command, what runs instead, and the port that it declares.
    static let told: [(command: String, told: String, port: Int?)] = [
        // Typed
        ("vite", "vite --port 7000", 5173), ("vite dev --host", "vite dev --host --port 7000", 5173),
        ("vite preview", "vite preview --port 7000", 4173), ("vite --port 4000", "vite --port 4000", 4000),
        ("vite --port=4000", "vite --port=4000", 4000), ("vite --port {port}", "vite --port {port}", 5173),
        ("./node_modules/.bin/vite", "./node_modules/.bin/vite --port 7000", 5173),
        ("node node_modules/vite/bin/vite.js", "node node_modules/vite/bin/vite.js --port 7000", 5173),
        ("next dev", "next dev", 3000), ("next dev -p4000", "next dev -p4000", 4000),
        ("ng serve", "ng serve --port 7000", 4200), ("storybook dev", "storybook dev -p 7000", 6006),
        ("webpack serve", "webpack serve --port 7000", 8080),
        ("vitepress", "vitepress --port 7000", 5173),
        ("vitepress preview docs", "vitepress preview docs --port 7000", 4173),
        ("gatsby serve", "gatsby serve --port 7000", 9000), ("rsbuild --open", "rsbuild --open --port 7000", 3000),
        ("parcel index.html", "parcel index.html --port 7000", 1234),
        ("esbuild app.js --servedir=.", "esbuild app.js --servedir=. --serve=7000", 8000),
        ("esbuild app.js --serve", "esbuild app.js --serve --serve=7000", 8000),
        ("esbuild app.js --serve=9000", "esbuild app.js --serve=9000", 9000),
        ("serve dist", "serve dist", 3000), ("http-server", "http-server -p 7000", 8080),
        ("python -m http.server", "python -m http.server 7000", 8000),
        ("python3.12 -m http.server -d public", "python3.12 -m http.server -d public 7000", 8000),
        ("python -m http.server 9000", "python -m http.server 9000", 9000),
        ("python -u manage.py runserver", "python -u manage.py runserver 7000", 8000),
        ("./manage.py runserver --settings a.b", "./manage.py runserver --settings a.b 7000", 8000),
        ("django-admin runserver 127.0.0.1:81", "django-admin runserver 127.0.0.1:81", 81),
        ("flask --app hello run --debug", "flask --app hello run --debug --port 7000", 5000),
        ("python -m flask run", "python -m flask run --port 7000", 5000),
        ("uvicorn main:app", "uvicorn main:app --port 7000", 8000),
        ("gunicorn app:app", "gunicorn app:app --bind 127.0.0.1:7000", 8000),
        ("gunicorn -b 127.0.0.1:8100 app:app", "gunicorn -b 127.0.0.1:8100 app:app", 8100),
        ("hypercorn app:app", "hypercorn app:app --bind 127.0.0.1:7000", 8000),
        ("daphne app:app", "daphne app:app --port 7000", 8000),
        ("waitress-serve app:app", "waitress-serve --port=7000 app:app", 8080),
        ("streamlit run app.py -- --x", "streamlit run app.py --server.port 7000 -- --x", 8501),
        ("jupyter lab --no-browser", "jupyter lab --no-browser --port=7000", 8888),
        ("mkdocs serve", "mkdocs serve --dev-addr 127.0.0.1:7000", 8000),
        ("sphinx-autobuild docs out", "sphinx-autobuild docs out --port 7000", 8000),
        ("php -S localhost:8080", "php -S localhost:8080", 8080),
        ("php -S localhost:{port}", "php -S localhost:{port}", 8000),
        ("php artisan serve", "php artisan serve --port=7000", 8000),
        ("bin/rails s", "bin/rails s", 3000), ("bundle exec puma", "bundle exec puma -p 7000", 9292),
        ("rackup", "rackup -p 7000", 9292), ("hugo server -D", "hugo server -D --port 7000", 1313),
        ("bundle exec jekyll serve", "bundle exec jekyll serve --port 7000", 4000),
        ("dotnet run", "dotnet run -- --urls http://localhost:7000", 5000),
        ("dotnet watch run -- --x", "dotnet watch run -- --x --urls http://localhost:7000", 5000),
        ("./mvnw spring-boot:run", "./mvnw spring-boot:run", 8080), ("mix phx.server", "mix phx.server", 4000),
        ("cargo run", "cargo run", nil), ("go run .", "go run .", nil),
        // Through runners
        ("env A=1 vite", "env A=1 vite --port 7000", 5173),
        ("poetry run uvicorn main:app", "poetry run uvicorn main:app --port 7000", 8000),
        ("uv run --with flask flask run", "uv run --with flask flask run --port 7000", 5000),
        ("uv run -m uvicorn main:app", "uv run -m uvicorn main:app --port 7000", 8000),
        ("pipenv run python manage.py runserver", "pipenv run python manage.py runserver 7000", 8000),
        ("dotenv -e .env -- vite", "dotenv -e .env -- vite --port 7000", 5173),
        ("dotenv run flask run", "dotenv run flask run --port 7000", 5000),
        ("cross-env A=1 vite", "cross-env A=1 vite --port 7000", 5173),
        ("npx vite", "npx vite --port 7000", 5173),
        ("npx -y -p vite vite dev", "npx -y -p vite vite dev --port 7000", 5173),
        ("bunx vite", "bunx vite --port 7000", 5173), ("pnpm exec vite", "pnpm exec vite --port 7000", 5173),
        ("yarn dlx vite", "yarn dlx vite --port 7000", 5173), ("yarn vite", "yarn vite --port 7000", 5173),
        ("npm exec vite", "npm exec vite -- --port 7000", 5173),
        ("npm exec -- vite", "npm exec -- vite --port 7000", 5173),
        // Through scripts
        ("npm run dev", "npm run dev -- --port 7000", 5173),
        ("npm run dev -- --host", "npm run dev -- --host --port 7000", 5173),
        ("npm --silent run dev", "npm --silent run dev -- --port 7000", 5173),
        ("npm run dev -- --port 99", "npm run dev -- --port 99", 99),
        ("pnpm dev", "pnpm dev --port 7000", 5173), ("pnpm run dev", "pnpm run dev --port 7000", 5173),
        ("yarn dev", "yarn dev --port 7000", 5173), ("bun run dev", "bun run dev --port 7000", 5173),
        ("npm start", "npm start", 3000), ("npm run fixed", "npm run fixed -- --port 7000", 3005),
        ("npm run prepared", "npm run prepared -- --port 7000", 5173),
        ("npm run nested", "npm run nested -- -- --port 7000", 5173),
        ("yarn nested", "yarn nested -- --port 7000", 5173),
        ("npm run nested-args", "npm run nested-args -- --port 7000", 5173),
        ("npm run cross", "npm run cross -- --port 7000", 5173),
        ("npm run own-port", "npm run own-port -- --port 7000", 4400),
        ("npm run variable", "npm run variable", 3100), ("npm run python", "npm run python -- --port 7000", 8000),
        ("npm run folder", "npm run folder -- --port 7000", 5173), ("npm run log", "npm run log -- --port 7000", 5173),
        ("npm run quoted", "npm run quoted -- --port 7000", 5173),
        // In workspaces
        ("npm run dev -w docs", "npm run dev -w docs -- --port 7000", 4321),
        ("npm -w docs run dev", "npm -w docs run dev -- --port 7000", 4321),
        ("npm run dev --workspace=apps/docs", "npm run dev --workspace=apps/docs -- --port 7000", 4321),
        ("npm --prefix apps/docs run dev", "npm --prefix apps/docs run dev -- --port 7000", 4321),
        ("pnpm --filter docs dev", "pnpm --filter docs dev --port 7000", 4321),
        ("pnpm -C apps/web run dev", "pnpm -C apps/web run dev --port 7000", 5173),
        ("pnpm --filter @acme/web dev", "pnpm --filter @acme/web dev --port 7000", 5173),
        ("yarn workspace docs dev", "yarn workspace docs dev --port 7000", 4321),
        ("yarn --cwd apps/docs dev", "yarn --cwd apps/docs dev --port 7000", 4321),
        // The files fix what no word can change
        ("npm run django", "npm run django", 8123), ("npm run waitress", "npm run waitress", 8080),
    ]

    @Test(arguments: told)
    func tells(_ command: String, _ told: String, _ port: Int?) throws {
        let words = try words(command)
        let calls = FrameworkCalls(words, in: folder.path)
        #expect(calls.calls.count == 1)
        #expect(!calls.isParallel)
        let changed = calls.told(words.map { Array($0.utf8) }, [Port(7000)])
        #expect(changed.map { String(decoding: $0, as: UTF8.self) } == (try self.words(told)))
        #expect(calls.calls.first?.port == port.flatMap { Port($0) })
    }

    @Test(arguments: [
        "true", "node server.js", "node serve.js", "vite build", "vitepress build", "rsbuild build", "npm run build",
        "npm run missing", "npm install",
        "npm run loop", "npm", "python script.py", "python -c x", "python -m venv x", "php script.php",
        "esbuild app.js",
        "rails generate server", "uvicorn --uds /x main:app", "gradle build", "cargo build", "npx", "env", "python",
        "flask shell", "pnpm install", "yarn", "pypy-thing -m http.server", "docker run vite", "hugo new server", "",
    ])
    func leavesAlone(_ command: String) throws {
        #expect(FrameworkCalls(try words(command), in: folder.path).calls.isEmpty)
    }

    /// Servers in scripts that no word reaches, each with what it is called.
    @Test(
        arguments: [
            ("npm run pipe", ["vite"], false), ("npm run group", ["vite"], false),
            ("npm run background", ["vite"], true),
            ("npm run both", ["vite"], true), ("npm run together", ["vite"], true),
            ("npm run all", ["vite", "storybook"], true), ("npm run globs", ["vite", "astro"], true),
            ("npm run turbo", ["astro", "vite"], true), ("npm run fixed-astro", ["astro"], false),
            ("npm run react", ["react-scripts"], false), ("pnpm -r dev", ["astro", "vite"], true),
        ])
    func preloads(_ command: String, _ names: [String], isParallel: Bool) throws {
        let calls = FrameworkCalls(try words(command), in: folder.path)
        #expect(calls.calls.filter { $0.route == .preload }.map(\.framework.name) == names)
        #expect(calls.isParallel == isParallel)
        #expect(NodePreload(calls.calls, calls.calls.map { _ in Port(7000) }, for: .example) != nil)
    }

    /// The text of a shell, what it becomes, and the routes of the servers in it; `@` is the port of each, from 7000 on.
    static let texts: [(text: String, told: String, routes: Int)] = [
        ("vite", "vite --port @", 1), ("  vite --host  ", "  vite --host --port @  ", 1),
        ("exec vite", "exec vite --port @", 1),
        ("cd apps/web && vite && true", "cd apps/web && vite --port @ && true", 1),
        ("vite > 'a log' 2>&1", "vite --port @ > 'a log' 2>&1", 1), ("vite>log", "vite --port @>log", 1),
        ("vite # not here", "vite --port @ # not here", 1), ("(vite)", "(vite --port @)", 1),
        ("vite --mode 'my mode' | tee log", "vite --mode 'my mode' --port @ | tee log", 1),
        ("npm run dev", "npm run dev -- --port @", 1), ("npm run dev; true", "npm run dev -- --port @; true", 1),
        ("A=1 flask run -p 8123 & wait", "A=1 flask run -p 8123 --port @ & wait", 1),
        ("flask run & vite & uvicorn a:b", "flask run --port @ & vite --port @ & uvicorn a:b --port @", 3),
        ("flask run & flask --app b run", "flask run --port @ & flask --app b run --port @", 2),
        ("echo {port}; hypercorn a:b", "echo {port}; hypercorn a:b --bind 127.0.0.1:@", 1),
        ("ä; vite", "ä; vite --port @", 1),
        // No words get into these.
        ("cat <<E; vite\nE", "cat <<E; vite\nE", 1), ("waitress-serve a:b", "waitress-serve a:b", 1),
        ("vite -- x", "vite -- x", 1), ("echo vite", "echo vite", 0), ("next dev", "next dev", 1),
    ]

    @Test(arguments: texts, [["sh", "-c"], ["/bin/bash", "-euo", "pipefail", "-c"], ["env", "A=1", "bash", "-lc"]])
    func tellsServersInTheTextOfAShell(_ text: (String, String, Int), _ shell: [String]) throws {
        let calls = FrameworkCalls(shell + [text.0, "name", "$1"], in: folder.path)
        let ports = (0..<text.2).map { Port(7000 + $0) }
        var number = 7000
        var expected = ""
        for character in text.1 {
            expected += character == "@" ? "\(number)" : String(character)
            if character == "@" { number += 1 }
        }
        #expect(calls.calls.count == text.2)
        let told = calls.told((shell + [text.0, "name", "$1"]).map { Array($0.utf8) }, ports)
        #expect(told.map { String(decoding: $0, as: UTF8.self) } == shell + [expected, "name", "$1"])
    }

    @Test func leavesATextThatIsNoUTF8Alone() {
        let text = [0xFF] + Array("; vite; true".utf8)
        let calls = FrameworkCalls(["sh", "-c", String(decoding: text, as: UTF8.self)], in: folder.path)
        #expect(calls.calls.count == 1)
        #expect(calls.told([Array("sh".utf8), Array("-c".utf8), text], [Port(7000)]).last == text)
    }

    @Test(arguments: [
        ["sh", "script.sh", "vite"], ["bash", "--rcfile", "-c", "vite"], ["sh", "-x", "vite"], ["sh", "-c"], ["sh"],
        ["sh", "--", "-c", "vite"], ["bash", "-o", "-c", "vite"],
    ])
    func leavesOtherShellsAlone(_ words: [String]) {
        #expect(FrameworkCalls(words, in: folder.path).calls.isEmpty)
    }

    /// Servers that are not node's, in scripts, and the variables that tell them their port; `-` for one that keeps it.
    @Test(
        arguments: [
            ("npm run python-group", ["UVICORN_PORT"]), ("npm run python-both", ["FLASK_RUN_PORT", "UVICORN_PORT"]),
            ("npm run python-twice", ["-", "-"]), ("npm run python-given", ["-"]),
            ("npm run python-words", ["GUNICORN_CMD_ARGS"]), ("npm run python-none", ["-"]),
            ("sh -c \"npm run python-both\"", ["FLASK_RUN_PORT", "UVICORN_PORT"]),
        ])
    func tellsServersByVariablesOfTheirOwn(_ command: String, _ variables: [String]) throws {
        try folder.write(
            """
            {"scripts": {"python-group": "(uvicorn a:b)", "python-both": "flask run & uvicorn a:b & wait",
              "python-twice": "flask run & flask --app b run & wait", "python-given": "(uvicorn a:b --port 8001)",
              "python-words": "gunicorn a:b | cat", "python-none": "hypercorn a:b | cat"}}
            """, to: "package.json")
        let calls = FrameworkCalls(try words(command), in: folder.path)
        let ports = calls.calls.map { _ in Port(7000) }
        let named = zip(calls.calls, calls.servers(root: folder.path, workingDirectory: folder.path)).map {
            call, server in
            server.variable ?? calls.settings(ports, Environment()).first?.name ?? "-"
        }
        #expect(named == variables)
        let settings = calls.settings(ports, Environment(["GUNICORN_CMD_ARGS": "--workers 2"]))
        #expect(
            settings.map(\.value) == (variables == ["GUNICORN_CMD_ARGS"] ? ["--workers 2 --bind 127.0.0.1:7000"] : []))
    }

    /// npm runs `server.js` where the list of scripts has no `start`.
    @Test(arguments: [("npm start", true), ("npm run start", true), ("pnpm start", true), ("npm run dev", false)])
    func aScriptMayBeNpmsOwn(_ command: String, _ isThere: Bool) throws {
        try folder.write(#"{"scripts": {"test": "jest"}}"#, to: "package.json")
        #expect(FrameworkCalls(try words(command), in: folder.path).calls.isEmpty)
        try folder.write("require('http').createServer().listen(process.env.PORT || 3210)\n", to: "server.js")
        #expect(FrameworkCalls(try words(command), in: folder.path).calls.map(\.port) == (isThere ? [Port(3210)] : []))
        try folder.write(#"{"scripts": {"start": "vite"}}"#, to: "package.json")
        #expect(FrameworkCalls(try words(command), in: folder.path).calls.map(\.port) == (isThere ? [Port(5173)] : []))
    }

    @Test func servesEachServerOfAScriptUnderANameOfItsOwn() throws {
        let calls = FrameworkCalls(try words("npm run turbo"), in: folder.path)
        #expect(
            calls.servers(root: folder.path, workingDirectory: folder.path).map(\.service) == [
                ServiceName("apps-docs"), ServiceName("apps-web"),
            ])
        let single = FrameworkCalls(try words("vite"), in: folder.path)
        #expect(single.servers(root: folder.path, workingDirectory: folder.path).map(\.service) == [nil])
    }

    @Test func tellsAPortThatIsNotInPORT() throws {
        let calls = FrameworkCalls(["next", "dev"], in: folder.path, setsPort: false)
        #expect(calls.told([], [Port(7000)]).isEmpty)
        #expect(calls.calls.first?.route == .words(at: 2, behind: []))
    }

    private func words(_ line: String) throws -> [String] { ShellScript(line).commands.first?.map(\.text) ?? [] }
}
