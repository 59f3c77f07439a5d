import Foundation
import Testing

/// A real server, and how it is started without being told a port.
struct ServerCase: Sendable, CustomTestStringConvertible {
    let name: String
    /// What stands behind `portrun --`.
    let command: [String]
    /// What it needs in its folder.
    var files: [String: String] = [:]
    /// Another program that it needs beside that of the command.
    var needs: String?

    init(_ command: String, as name: String? = nil, _ files: [String: String] = [:], needs: String? = nil) {
        self.command = command.split(separator: " ").map(String.init)
        self.name = name ?? command
        self.files = files
        self.needs = needs
    }

    var testDescription: String { name }

    /// Where the servers that pip installs are.
    static let folder = Checkout.root + "/.build/servers/bin"

    /// nil when the server is here; else what is missing.
    var missing: String? {
        [needs, command[0]].compactMap { $0 }.first { name in
            !FileManager.default.isExecutableFile(atPath: Self.folder + "/" + name) && Program.find(name) == nil
                && !name.hasPrefix("./")
        }
    }

    private static let wsgi = """
        def app(environ, start):
            start("200 OK", [("Content-Type", "text/plain")])
            return [b"hello"]
        """
    private static let asgi = """
        async def app(scope, receive, send):
            if scope["type"] == "lifespan":
                while True:
                    message = await receive()
                    await send({"type": message["type"] + ".complete"})
                    if message["type"] == "lifespan.shutdown":
                        return
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"hello"})
        """
    private static let django = """
        import sys
        from django.conf import settings
        from django.http import HttpResponse
        from django.urls import path
        settings.configure(DEBUG=True, ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="x")
        urlpatterns = [path("", lambda request: HttpResponse("hello"))]
        from django.core.management import execute_from_command_line
        execute_from_command_line(sys.argv)
        """
    private static let rack = "run lambda { |env| [200, {'content-type' => 'text/plain'}, ['hello']] }\n"
    private static let hugo = [
        "hugo.toml": "title = 'x'\n", "config.toml": "title = 'x'\n", "layouts/index.html": "hello\n",
    ]
    private static let node = "require('http').createServer((q, s) => s.end('hello')).listen(process.env.PORT)\n"

    private static func package(_ scripts: String) -> String { "{\"name\": \"x\", \"scripts\": {\(scripts)}}" }

    static let all = [
        ServerCase("node server.js", ["server.js": node]),
        ServerCase("npm start", ["server.js": node, "package.json": package("\"start\": \"node server.js\"")]),
        ServerCase(
            "npm run dev", as: "esbuild by npm", ["package.json": package("\"dev\": \"esbuild --servedir=.\"")],
            needs: "esbuild"),
        ServerCase(
            "npm run dev", as: "uvicorn by nested scripts",
            [
                "package.json": package("\"dev\": \"true && npm run serve\", \"serve\": \"uvicorn hello:app\""),
                "hello.py": asgi,
            ], needs: "uvicorn"),
        ServerCase(
            "npm run dev", as: "flask with a port in its script",
            [
                "package.json": package("\"dev\": \"flask --app hello run -p 8123 --debug\""),
                "hello.py": "import flask\napp = flask.Flask('x')\n",
            ], needs: "flask"),
        ServerCase(
            "npm run dev -w docs", as: "mkdocs in a workspace",
            [
                "package.json": "{\"workspaces\": [\"docs\"]}", "docs/mkdocs.yml": "site_name: x\n",
                "docs/docs/index.md": "hello\n",
                "docs/package.json": "{\"name\": \"docs\", \"scripts\": {\"dev\": \"mkdocs serve\"}}",
            ], needs: "mkdocs"),
        ServerCase("esbuild --servedir=."),
        ServerCase("python3 -m http.server"), ServerCase("python3 -m http.server {port}"),
        ServerCase("flask --app hello run", ["hello.py": "import flask\napp = flask.Flask('x')\n"]),
        ServerCase("python -m flask run", ["app.py": "import flask\napp = flask.Flask('x')\n"], needs: "flask"),
        ServerCase("uvicorn hello:app", ["hello.py": asgi]),
        ServerCase("uvicorn --reload hello:app", ["hello.py": asgi]),
        ServerCase("hypercorn hello:app", ["hello.py": asgi]), ServerCase("daphne hello:app", ["hello.py": asgi]),
        ServerCase("gunicorn hello:app", ["hello.py": wsgi]),
        ServerCase("waitress-serve hello:app", ["hello.py": wsgi]),
        ServerCase("python manage.py runserver", ["manage.py": django], needs: "daphne"),
        ServerCase("mkdocs serve", ["mkdocs.yml": "site_name: x\n", "docs/index.md": "hello\n"]),
        ServerCase(
            "sphinx-autobuild docs out", ["docs/conf.py": "project = 'x'\n", "docs/index.rst": "hello\n=====\n"]),
        ServerCase("php -S localhost:{port}", ["index.php": "hello"]),
        ServerCase("hugo server", hugo), ServerCase("puma", ["config.ru": rack]),
        ServerCase("rackup -s puma", ["config.ru": rack], needs: "puma"),
    ]
}
