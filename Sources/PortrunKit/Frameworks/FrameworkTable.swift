import PortrunBase

/// All frameworks that are known, one row each; of two that fit the first is taken.
///
/// To add one is to add a row. Those of python (but streamlit and jupyter), php, puma, rackup, hugo and esbuild are run
/// by the tests; the sources of the others name a page or file that says so. `lastWins` is true only where the source
/// says so or it was tried, since two ports on one command line are an error, or two servers, for many programs.
enum FrameworkTable {
    /// The row for the program called `name` with `arguments`, and how many of these lead to the server.
    static func find(_ name: String, _ arguments: ArraySlice<ScriptWord>) -> (Framework, commandSize: Int)? {
        let rows = rows
        for index in rows.indices where rows[index].programs.contains(name) {
            if let size = rows[index].commandSize(in: arguments) { return (rows[index], size) }
        }
        return nil
    }

    /// Whether a program is called `name`. By indices, for every launch asks: a row would be copied to be looked at.
    static func knows(_ name: String) -> Bool {
        let rows = rows
        for index in rows.indices where rows[index].programs.contains(name) { return true }
        return false
    }

    private static let portFlags = ["--port", "-p"]

    static let rows: [Framework] = [
        // JavaScript
        Framework(
            name: "vite-preview", programs: ["vite"], command: .words(["preview"]), injection: .flag("--port"),
            spellings: ["--port"], port: Port(4173), lastWins: true, isNode: true,
            configuration: .module(names: ["vite.config"], keys: ["preview", "port"]),
            source: "https://vite.dev/config/preview-options#preview-port"),
        Framework(
            name: "vite", programs: ["vite"], command: .allBut(["build", "optimize", "preview"]),
            injection: .flag("--port"), spellings: ["--port"], port: Port(5173), lastWins: true, isNode: true,
            configuration: .module(names: ["vite.config"], keys: ["server", "port"]),
            source: "https://vite.dev/config/server-options#server-port"),
        // Of vp and of remix no source could be looked up: they are built on Vite, whose flag and port these are.
        Framework(
            name: "vp", programs: ["vp"], command: .words(["dev"]), injection: .flag("--port"),
            spellings: ["--port"], port: Port(5173), isNode: true,
            configuration: .module(names: ["vite.config"], keys: ["server", "port"]),
            source: "https://viteplus.dev/guide/dev"),
        Framework(
            name: "react-router", programs: ["react-router"], command: .words(["dev"]), injection: .flag("--port"),
            spellings: ["--port"], port: Port(5173), lastWins: true, isNode: true,
            configuration: .module(names: ["vite.config"], keys: ["server", "port"]),
            source: "https://reactrouter.com/api/other-api/dev"),
        Framework(
            name: "remix", programs: ["remix"], command: .words(["vite:dev"]), injection: .flag("--port"),
            spellings: ["--port"], port: Port(5173), lastWins: true, isNode: true,
            configuration: .module(names: ["vite.config"], keys: ["server", "port"]),
            source: "https://v2.remix.run/docs/other-api/dev"),
        Framework(
            name: "remix", programs: ["remix", "remix-serve"], command: .allBut(["vite:build", "build", "vite:dev"]),
            injection: .variable(nil), spellings: [], port: Port(3000), readsPort: true, isNode: true,
            source: "https://v2.remix.run/docs/other-api/serve"),
        Framework(
            name: "rsbuild", programs: ["rsbuild"], command: .allBut(["build", "inspect"]), injection: .flag("--port"),
            spellings: ["--port"], port: Port(3000), isNode: true,
            configuration: .module(names: ["rsbuild.config"], keys: ["server", "port"]),
            source: "https://rsbuild.rs/config/server/port"),
        Framework(
            name: "astro", programs: ["astro"], command: .words(["dev", "preview"]), injection: .flag("--port"),
            spellings: ["--port"], port: Port(4321), isNode: true,
            configuration: .module(names: ["astro.config"], keys: ["server", "port"]),
            source: "https://docs.astro.build/en/reference/cli-reference/#--port-number"),
        Framework(
            name: "angular", programs: ["ng"], command: .words(["serve", "s", "dev"]), injection: .flag("--port"),
            spellings: ["--port"], port: Port(4200), isNode: true,
            configuration: .angularWorkspace,
            source:
                "https://github.com/angular/angular-cli/blob/main/packages/angular/build/src/builders/dev-server/schema.json"
        ),
        Framework(
            name: "react-native", programs: ["react-native", "rn"], command: .words(["start"]),
            injection: .flag("--port"), spellings: ["--port"], port: Port(8081), lastWins: true, isNode: true,
            source:
                "https://github.com/facebook/react-native/blob/main/packages/community-cli-plugin/src/commands/start/index.js"
        ),
        Framework(
            name: "expo", programs: ["expo"], command: .words(["start"]), injection: .flag("--port"),
            spellings: portFlags, port: Port(8081), lastWins: true, isNode: true,
            source: "https://github.com/expo/expo/blob/main/packages/@expo/cli/src/start/index.ts"),
        Framework(
            name: "vitepress-preview", programs: ["vitepress"], command: .words(["preview", "serve"]),
            injection: .flag("--port"), spellings: ["--port"], port: Port(4173), isNode: true,
            source: "https://github.com/vuejs/vitepress/blob/main/src/node/serve/serve.ts"),
        Framework(
            name: "vitepress", programs: ["vitepress"], command: .allBut(["build", "init", "preview", "serve"]),
            injection: .flag("--port"), spellings: ["--port"], port: Port(5173), isNode: true,
            source: "https://vitepress.dev/reference/cli#vitepress-dev"),
        Framework(
            name: "wrangler", programs: ["wrangler"], command: .words(["dev"]), injection: .flag("--port"),
            spellings: ["--port"], port: Port(8787), isNode: true,
            source: "https://github.com/cloudflare/workers-sdk/blob/main/packages/wrangler/src/dev.ts"),
        Framework(
            name: "storybook", programs: ["storybook", "sb"], command: .words(["dev"]), injection: .flag("-p"),
            spellings: portFlags, port: Port(6006), lastWins: true, isNode: true,
            source: "https://storybook.js.org/docs/api/cli-options#dev"),
        Framework(
            name: "storybook", programs: ["start-storybook"], command: .allBut([]), injection: .flag("-p"),
            spellings: portFlags, port: Port(6006), lastWins: true, isNode: true,
            source: "https://storybook.js.org/docs/api/cli-options#dev"),
        Framework(
            name: "docusaurus", programs: ["docusaurus"], command: .words(["start", "serve"]),
            injection: .flag("--port"), spellings: portFlags, port: Port(3000), lastWins: true, isNode: true,
            source: "https://docusaurus.io/docs/cli#docusaurus-start-sitedir"),
        Framework(
            name: "webpack", programs: ["webpack"], command: .words(["serve", "server", "s"]),
            injection: .flag("--port"), spellings: ["--port"], port: Port(8080), isNode: true,
            configuration: .module(
                names: ["webpack.config", "webpack.dev", "webpack.config.dev"], keys: ["devServer", "port"]),
            source: "https://github.com/webpack/webpack-dev-server/blob/main/lib/Server.js"),
        Framework(
            name: "webpack", programs: ["webpack-dev-server"], command: .allBut([]), injection: .flag("--port"),
            spellings: ["--port"], port: Port(8080), isNode: true,
            configuration: .module(
                names: ["webpack.config", "webpack.dev", "webpack.config.dev"], keys: ["devServer", "port"]),
            source: "https://github.com/webpack/webpack-dev-server/blob/main/lib/Server.js"),
        Framework(
            name: "vue-cli", programs: ["vue-cli-service"], command: .words(["serve"]), injection: .flag("--port"),
            spellings: ["--port"], port: Port(8080), readsPort: true, isNode: true,
            configuration: .module(names: ["vue.config"], keys: ["devServer", "port"]),
            source: "https://cli.vuejs.org/guide/cli-service.html#vue-cli-service-serve"),
        Framework(
            name: "live-server", programs: ["live-server"], command: .allBut([]), injection: .joined("--port"),
            spellings: ["--port"], port: Port(8080), readsPort: true, isNode: true,
            source: "https://github.com/tapio/live-server#usage-from-command-line"),
        Framework(
            name: "parcel", programs: ["parcel"], command: .allBut(["build", "watch", "help"]),
            injection: .flag("--port"), spellings: portFlags, port: Port(1234), lastWins: true, isNode: true,
            source: "https://github.com/parcel-bundler/parcel/blob/v2/packages/core/parcel/src/cli.js"),
        Framework(
            name: "gatsby", programs: ["gatsby"], command: .words(["develop"]), injection: .flag("--port"),
            spellings: portFlags, port: Port(8000), isNode: true,
            source: "https://github.com/gatsbyjs/gatsby/blob/master/packages/gatsby-cli/src/create-cli.ts"),
        Framework(
            name: "gatsby-serve", programs: ["gatsby"], command: .words(["serve"]), injection: .flag("--port"),
            spellings: portFlags, port: Port(9000), isNode: true,
            source: "https://github.com/gatsbyjs/gatsby/blob/master/packages/gatsby-cli/src/create-cli.ts"),
        Framework(
            name: "next", programs: ["next"], command: .allBut(["build", "export", "info", "lint", "telemetry"]),
            injection: .flag("--port"), spellings: portFlags, port: Port(3000), readsPort: true, lastWins: true,
            isNode: true, source: "https://github.com/vercel/next.js/blob/canary/packages/next/src/bin/next.ts"),
        Framework(
            name: "nuxt", programs: ["nuxt", "nuxi"], command: .words(["dev", "preview"]), injection: .flag("--port"),
            spellings: portFlags, port: Port(3000), readsPort: true, isNode: true,
            configuration: .module(names: ["nuxt.config"], keys: ["devServer", "port"]),
            source: "https://github.com/nuxt/nuxt/blob/main/packages/schema/src/config/dev.ts"),
        Framework(
            name: "react-scripts", programs: ["react-scripts"], command: .words(["start"]),
            injection: .variable(nil), spellings: [], port: Port(3000), readsPort: true, isNode: true,
            source: "https://create-react-app.dev/docs/advanced-configuration/"),
        Framework(
            name: "esbuild", programs: ["esbuild"], command: .flags(["--serve", "--servedir"]),
            injection: .joined("--serve"), spellings: ["--serve"], port: Port(8000), lastWins: true,
            source: "https://esbuild.github.io/api/#serve"),
        Framework(
            name: "http-server", programs: ["http-server"], command: .allBut([]), injection: .flag("-p"),
            spellings: portFlags, port: Port(8080), isNode: true,
            source: "https://github.com/http-party/http-server/blob/master/bin/http-server"),
        Framework(
            name: "serve", programs: ["serve"], command: .allBut([]), injection: .flag("-l"),
            spellings: ["-l", "--listen", "-p"], port: Port(3000), readsPort: true, isNode: true,
            source: "https://github.com/vercel/serve/blob/main/source/main.ts"),
        Framework(
            name: "json-server", programs: ["json-server"], command: .allBut([]), injection: .flag("--port"),
            spellings: portFlags, port: Port(3000), isNode: true,
            source: "https://github.com/typicode/json-server/blob/main/src/bin.ts"),
        // Python
        Framework(
            name: "http.server", programs: ["http.server"], command: .allBut([]), injection: .positional,
            spellings: [],
            valuedFlags: [
                "-b", "--bind", "-d", "--directory", "-p", "--protocol", "--tls-cert", "--tls-key",
                "--tls-password-file",
            ], port: Port(8000), source: "https://docs.python.org/3/library/http.server.html#command-line-interface"),
        Framework(
            name: "django", programs: ["manage.py", "django-admin", "django"], command: .words(["runserver"]),
            injection: .positional, spellings: [],
            valuedFlags: ["-v", "--verbosity", "--settings", "--pythonpath"], port: Port(8000),
            source: "https://docs.djangoproject.com/en/stable/ref/django-admin/#runserver"),
        Framework(
            name: "flask", programs: ["flask"], command: .words(["run"]), injection: .flag("--port"),
            spellings: portFlags, port: Port(5000), lastWins: true, environment: .port("FLASK_RUN_PORT"),
            configuration: .flaskEnvironment,
            source: "https://flask.palletsprojects.com/en/stable/cli/"),
        Framework(
            name: "uvicorn", programs: ["uvicorn"], command: .allBut([]), injection: .flag("--port"),
            spellings: ["--port"], refusals: ["--uds", "--fd"], port: Port(8000), lastWins: true,
            environment: .port("UVICORN_PORT"),
            source: "https://www.uvicorn.org/settings/"),
        Framework(
            name: "fastapi", programs: ["fastapi"], command: .words(["dev", "run"]), injection: .flag("--port"),
            spellings: ["--port"], port: Port(8000), lastWins: true,
            source: "https://fastapi.tiangolo.com/fastapi-cli/"),
        Framework(
            name: "hypercorn", programs: ["hypercorn"], command: .allBut([]), injection: .address("--bind"),
            spellings: ["-b", "--bind"], port: Port(8000),
            source: "https://hypercorn.readthedocs.io/en/latest/how_to_guides/binds.html"),
        Framework(
            name: "daphne", programs: ["daphne"], command: .allBut([]), injection: .flag("--port"),
            spellings: portFlags, refusals: ["-u", "--unix-socket", "--fd", "-e", "--endpoint"], port: Port(8000),
            lastWins: true, source: "https://github.com/django/daphne#running"),
        Framework(
            name: "waitress", programs: ["waitress-serve", "waitress"], command: .allBut([]),
            injection: .joined("--port"), spellings: ["--port", "--listen"], refusals: ["--unix-socket"],
            port: Port(8080), needsFlagsFirst: true,
            source: "https://docs.pylonsproject.org/projects/waitress/en/stable/runner.html"),
        Framework(
            name: "gunicorn", programs: ["gunicorn"], command: .allBut([]), injection: .address("--bind"),
            spellings: ["-b", "--bind"], port: Port(8000), environment: .arguments("GUNICORN_CMD_ARGS"),
            configuration: .gunicornConfiguration,
            source: "https://docs.gunicorn.org/en/stable/settings.html#bind"),
        Framework(
            name: "streamlit", programs: ["streamlit"], command: .words(["run", "hello"]),
            injection: .flag("--server.port"), spellings: ["--server.port"], port: Port(8501), lastWins: true,
            environment: .port("STREAMLIT_SERVER_PORT"),
            source: "https://docs.streamlit.io/develop/api-reference/configuration/config.toml"),
        Framework(
            name: "jupyter", programs: ["jupyter"],
            command: .words(["lab", "notebook", "server", "nbclassic"]), injection: .joined("--port"),
            spellings: ["--port", "--ServerApp.port"], port: Port(8888), environment: .port("JUPYTER_PORT"),
            source: "https://jupyter-server.readthedocs.io/en/latest/users/configuration.html"),
        Framework(
            name: "jupyter", programs: ["jupyter-lab", "jupyter-notebook", "jupyter-server"],
            command: .allBut(["list", "stop", "password", "build", "clean", "extension", "path", "paths"]),
            injection: .joined("--port"), spellings: ["--port", "--ServerApp.port"], port: Port(8888),
            environment: .port("JUPYTER_PORT"),
            source: "https://jupyter-server.readthedocs.io/en/latest/users/configuration.html"),
        Framework(
            name: "mkdocs", programs: ["mkdocs"], command: .words(["serve"]), injection: .address("--dev-addr"),
            spellings: ["-a", "--dev-addr"], port: Port(8000), lastWins: true,
            source: "https://www.mkdocs.org/user-guide/cli/#mkdocs-serve"),
        Framework(
            name: "sphinx-autobuild", programs: ["sphinx-autobuild", "sphinx_autobuild"], command: .allBut([]),
            injection: .flag("--port"), spellings: ["--port"], port: Port(8000), lastWins: true,
            source: "https://github.com/sphinx-doc/sphinx-autobuild#readme"),
        // PHP
        Framework(
            name: "php", programs: ["php"], command: .flags(["-S"]), injection: .address("-S"), spellings: ["-S"],
            port: Port(8000), source: "https://www.php.net/manual/en/features.commandline.webserver.php"),
        Framework(
            name: "laravel", programs: ["artisan"], command: .words(["serve"]), injection: .joined("--port"),
            spellings: ["--port"], port: Port(8000), lastWins: true,
            source:
                "https://github.com/laravel/framework/blob/master/src/Illuminate/Foundation/Console/ServeCommand.php"
        ),
        // Ruby
        Framework(
            name: "rails", programs: ["rails"], command: .words(["server", "s"]), injection: .flag("-p"),
            spellings: portFlags, refusals: ["-b", "--binding"], port: Port(3000), readsPort: true, lastWins: true,
            configuration: .pumaConfiguration,
            source: "https://github.com/rails/rails/blob/main/railties/lib/rails/commands/server/server_command.rb"),
        Framework(
            name: "puma", programs: ["puma"], command: .allBut([]), injection: .flag("-p"),
            spellings: portFlags, refusals: ["-b", "--bind"], port: Port(9292),
            configuration: .pumaConfiguration,
            source: "https://github.com/puma/puma/blob/master/lib/puma/configuration.rb"),
        Framework(
            name: "rackup", programs: ["rackup"], command: .allBut([]), injection: .flag("-p"),
            spellings: portFlags, port: Port(9292), lastWins: true,
            source: "https://github.com/rack/rackup/blob/main/lib/rackup/server.rb"),
        Framework(
            name: "jekyll", programs: ["jekyll"], command: .words(["serve", "server", "s"]),
            injection: .flag("--port"), spellings: ["--port", "-P"], port: Port(4000), lastWins: true,
            source: "https://jekyllrb.com/docs/configuration/options/#serve-command-options"),
        // Others
        Framework(
            name: "hugo", programs: ["hugo"], command: .words(["server", "serve"]), injection: .flag("--port"),
            spellings: portFlags, port: Port(1313), lastWins: true,
            source: "https://gohugo.io/commands/hugo_server/"),
        Framework(
            name: "dotnet", programs: ["dotnet"], command: .words(["run", "watch"]), injection: .url("--urls"),
            spellings: ["--urls"], port: Port(5000), lastWins: true,
            configuration: .launchSettings,
            source: "https://learn.microsoft.com/aspnet/core/fundamentals/servers/kestrel/endpoints"),
        Framework(
            name: "spring", programs: ["mvn", "mvnw"], command: .words(["spring-boot:run"]),
            injection: .variable("SERVER_PORT"), spellings: [], port: Port(8080),
            configuration: .springApplication,
            source: "https://docs.spring.io/spring-boot/how-to/webserver.html#howto.webserver.change-port"),
        Framework(
            name: "spring", programs: ["gradle", "gradlew"], command: .words(["bootRun"]),
            injection: .variable("SERVER_PORT"), spellings: [], port: Port(8080),
            configuration: .springApplication,
            source: "https://docs.spring.io/spring-boot/how-to/webserver.html#howto.webserver.change-port"),
        Framework(
            // Its own template reads PORT in development since 1.8 only; before, `config/dev.exs` says 4000.
            name: "phoenix", programs: ["mix"], command: .words(["phx.server"]), injection: .variable(nil),
            spellings: [], port: Port(4000), readsPort: true, source: "https://hexdocs.pm/phoenix/up_and_running.html"),
        Framework(
            name: "cargo", programs: ["cargo"], command: .words(["run", "watch"]), injection: .variable(nil),
            spellings: [], port: nil, readsPort: true, source: "https://doc.rust-lang.org/cargo/commands/cargo-run.html"
        ),
        Framework(
            name: "go", programs: ["go"], command: .words(["run"]), injection: .variable(nil), spellings: [],
            port: nil, readsPort: true, source: "https://pkg.go.dev/cmd/go#hdr-Compile_and_run_Go_program"),
    ]
}
