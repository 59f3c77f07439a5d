import Testing

@testable import PortrunBase

/// The names that a project's text may give a variable.
struct VariableGateTests {
    /// Programs obey these, whatever the value.
    static let obeyed = list(
        """
        LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT LD_API_PORT DYLD_INSERT_LIBRARIES DYLD_LIBRARY_PATH GCONV_PATH GLIBC_TUNABLES
        MALLOC_CONF LOCPATH NLSPATH TZDIR HOSTALIASES
        PATH path HOME SHELL IFS ENV BASH_ENV PROMPT_COMMAND PS1 PS4 CDPATH cdpath FPATH fpath ZDOTDIR INPUTRC GLOBIGNORE
        EXECIGNORE TMPDIR PWD OLDPWD MAILPATH MAIL HISTFILE LC_ALL LANG TERMINFO BASH_FUNC_ls PROMPT prompt RPROMPT psvar
        UID EUID GID PPID SHELLOPTS BASHOPTS BASH_VERSINFO status argv options Status ARGV commands functions aliases
        pipestatus signals _ fish_pid version NU_LIB_DIRS config
        PYTHONPATH PYTHONSTARTUP PYTHONHOME PYTHONWARNINGS PYTHONBREAKPOINT PYTHONPERFSUPPORT PYTHON_HISTORY PERL5OPT
        PERL5LIB PERL5DB PERLLIB RUBYOPT RUBYLIB NODE_OPTIONS NODE_PATH NODE_EXTRA_CA_CERTS NODE_REPL_EXTERNAL_MODULE
        JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS JAVA_HOME CLASSPATH PHPRC PHP_INI_SCAN_DIR LUA_PATH LUA_INIT
        ERL_FLAGS DOTNET_STARTUP_HOOKS GOFLAGS GOPROXY RUSTC_WRAPPER TS_NODE_PROJECT
        GIT_SSH GIT_SSH_COMMAND GIT_EXTERNAL_DIFF GIT_CONFIG_GLOBAL GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_DIR GIT_EXEC_PATH
        GIT_PAGER GIT_EDITOR GIT_ASKPASS GIT_PROXY_COMMAND GIT_TEMPLATE_DIR GIT_TRACE GIT_WORK_TREE GIT_INDEX_FILE
        PAGER MANPAGER LESS LESSOPEN LESSCLOSE EDITOR VISUAL BROWSER SUDO_ASKPASS SSH_ASKPASS SSH_AUTH_SOCK DISPLAY
        HTTP_PROXY https_proxy ALL_PROXY precmd_functions preexec_functions chpwd_functions starship_precmd_user_func
        DOCKER_HOST DOCKER_CONFIG DOCKER_CONTEXT DOCKER_CONTENT_TRUST_SERVER COMPOSE_FILE COMPOSE_PROJECT_NAME
        CONTAINER_HOST BUILDKIT_HOST KUBECONFIG NPM_CONFIG_REGISTRY npm_config_script_shell npm_config_port PIP_INDEX_URL
        UV_INDEX_URL BUNDLE_GEMFILE CARGO_HOME YARN_RC_FILENAME AWS_CONFIG_FILE SSL_CERT_FILE REQUESTS_CA_BUNDLE
        MAKEFLAGS MAKEFILES CC CFLAGS TAR_OPTIONS XZ_OPT FOO_COMMAND FOO_OPTS FOO_ARGS FOO_FILE FOO_DIR FOO_PATH
        PORTRUN PORTRUN_REGISTRY PORTRUN_CHANGES PORTRUN_SHIMS PORTRUN_OPTIONS PORTRUN_WATCH PORTRUN_CONTEXT PORTRUN_PORT
        portrun_port _portrun_watch LESSKEYIN VIMINIT EXINIT IRBRC PSQLRC MAILRC GROFF_COMMAND_PREFIX CCACHE_PREFIX HGMERGE
        P4DIFF TNS_ADMIN FLASK_APP KERAS_BACKEND TRY_BLOCK_ERROR TEXINPUTS PGSERVICEFILE MYSQL_UNIX_PORT
        FFMPEG_BINARIES_URL FFMPEG_BINARIES_BASE_URL SQLITE3_BINARY_SITE BCRYPT_BINARY_HOST GRPC_NODE_BINARY_HOST_MIRROR
        npm_config_sqlite3_binary_host LEIN_JAR_URL WRAPPER_JAR_URI UV_INSTALLER_URL NODE_INSTALLER_ENDPOINT
        VSCODE_GALLERY_SERVICE_URL CONTAINER_RUNTIME_ENDPOINT IMAGE_SERVICE_ENDPOINT ELECTRON_MIRROR NODEJS_ORG_MIRROR
        PRISMA_ENGINES_MIRROR CYPRESS_DOWNLOAD_MIRROR CYPRESS_INSTALL_BINARY TOOL_DOWNLOAD_URL PLAYWRIGHT_DOWNLOAD_HOST
        PUPPETEER_CHROME_HEADLESS_SHELL_DOWNLOAD_BASE_URL GECKODRIVER_CDNURL MVNW_REPOURL BOWER_REGISTRY
        CONTAINER_REGISTRY TOOL_REGISTRIES TOOL_PREBUILDS_HOST PY_WHEELS_URL RUST_TOOLCHAIN_SERVER JULIAUP_SERVER
        TFENV_REMOTE ARDUINO_BOARD_MANAGER_ADDITIONAL_URLS LXD_SOCKET WATCHMAN_SOCK BAZEL_BINARIES_URL_2
        PYTHON_BUILD_MIRROR_URL NODE_BUILD_MIRROR_URL CHROMEDRIVER_CDNURL LIBGUESTFS_BACKEND VIRSH_DEFAULT_CONNECT_URI
        """)

    /// Ports as compose files and services name them.
    static let ports = list(
        """
        PORT port DB_PORT db_port httpPort FORWARD_DB_PORT APP_PORT WEB_PORT_HTTP POSTGRES_PORT_HOST CKAN_PORT_HOST
        NGINX_SSLPORT_HOST HOST_PORT_80 PORT_2 PORTS REDIS_PORT2 IMAP_PORT_HAPROXY PGPORT MYSQL_TCP_PORT DOCKER_MONGO_PORT
        COMPOSE_PORT GO_HTTP_PORT GIT_SSH_PORT NODE_PORT PYTHON_API_PORT LDAP_PORT DOCKER_UI_PORT PATHFINDER_PORT
        BASHBOARD_PORT IFSC_PORT EXPOSED_PORT _1_PORT __PORT ENV_PORT HOME_PORT SHELL_PORT PATH_PORT
        """)

    /// Ports without the word.
    static let words = list("HTTP HTTPS HTTP_2 SENTRY_BIND NGINX_HTTP WEB UI DB MYSQL redis EXPOSE_DB MONGO P a")

    /// Addresses as env files name them.
    static let addresses = list(
        """
        API_URL DATABASE_URL DATABASE_URL_2 NODE_API PYTHON_SERVICE_URL GIT_SERVER PAGERDUTY_URL MONGO_URI CACHE_REDIS_URI
        MYSQL_DSN MEILI_HOST FIRESTORE_EMULATOR_HOST KAFKA_BROKERS TRAINER_GRPC_ADDR VAULT_ADDR LISTEN_ADDRESS
        AWS_ENDPOINT_URL S3_ENDPOINT APP_CORS_ORIGINS CORS_ALLOWED_ORIGINS BACKEND_DOMAIN VITE_API_URL CYPRESS_BASE_URL
        ASPNETCORE_URLS HOST url GIT_URL IMAGE_SERVICE_URL IMAGE_URL FILE_HOST REGISTRY_URL SCHEMA_REGISTRY_URL GALLERY_URL
        RUNTIME_URL JARVIS_URL KAFKA_BOOTSTRAP_SERVERS BINARYEDGE_URL PACKAGE_URL PLUGIN_SERVER_URL SEARCH_INDEX_URL
        BINARY_SEARCH_URL ASSET_CDN_URL MIRRORS_API_URL
        """)

    @Test(arguments: obeyed) func refusesWhatProgramsObey(_ name: String) {
        #expect(!VariableGate.admitsPort(name))
        for value in ["http://localhost:7001", "localhost:7001", "7001", "./x http://localhost:7001"] {
            #expect(!VariableGate.admits(name, fromFile: Array(value.utf8)))
            #expect(!VariableGate.admits(name, fromUser: Array(value.utf8)))
        }
    }

    @Test(arguments: ports + words) func letsPortsPass(_ name: String) { #expect(VariableGate.admitsPort(name)) }

    @Test(arguments: ports) func letsNumbersFollow(_ name: String) {
        #expect(VariableGate.admits(name, fromFile: Array("7001".utf8)))
    }

    @Test(arguments: addresses) func letsAddressesFollow(_ name: String) {
        for value in ["http://localhost:7001/x", "me@tcp(localhost:7001)/db"] {
            #expect(VariableGate.admits(name, fromFile: Array(value.utf8)))
        }
    }

    @Test(arguments: [
        ("http://localhost:7001,http://[::1]:7002/x", true), ("localhost:7001", true), ("localhost:7001/x", true),
        ("//localhost:7001/x", true), ("jdbc:sqlserver://localhost:7001;encrypt=true", true),
        ("mongodb://me:x@localhost:7001,127.0.0.1:7002/db?w=1", true), ("tcp(localhost:7001)/db?x=1", true),
        ("http://localhost:7001,https://example.org", false), ("https://example.org http://localhost:7001", false),
        ("https://example.org/?localhost:7001", false), ("https://example.org/;localhost:7001", false),
        ("https://example.org;localhost:7001/", false), ("https://localhost:7001;@example.org/", false),
        ("https://localhost:7001@example.org/", false), ("https://example.org\\@localhost:7001/", false),
        ("example.org localhost:7001", false), ("example.org:1 localhost:7001", false),
        ("https://example.org/é,localhost:7001", false), ("https://example.org/'localhost:7001", false),
        ("https://example.org/<localhost:7001", false), ("https://example.org/|localhost:7001", false),
        ("https://example.org/(localhost:7001)", false), ("$(touch x)localhost:7001", false),
        ("https://example.org/@tcp(localhost:7001)/", false), ("me@tcp(example.org:1)/@tcp(localhost:7001)/", false),
        ("qemu+ssh://localhost:7001/system?command=./x", false), ("qemu+ext://localhost:7001/x", false),
        ("http+ssh://localhost:7001", false), ("ext::./x http://localhost:7001", false),
        ("http://localhost:7001;example.org/", false), ("http://example.org&@localhost:7001/", false),
        ("http://me:a%40b@localhost:7001/", true), ("http://localhost:7001/../../x", false),
        ("postgresql+os.path://localhost:7001/x", false), ("postgresql+asyncpg://localhost:7001/x", true),
        ("jdbc:postgresql://localhost:7001/x?socketFactory=a.B", false),
        ("jdbc:mysql://localhost:7001/x?autoDeserialize=true", false),
        ("jdbc:mysql://localhost:7001/x?useSSL=false", true), ("postgres://localhost:7001/x?host=example.org", false),
        ("postgres://localhost:7001/x?sslmode=disable&schema=public", true),
        ("jdbc:sqlserver://localhost:7001;serverName=example.org", false), ("http+unix://localhost:7001/tmp/x", false),
        ("jdbc:mysql://localhost:7001/x?socket%46actory=a.B", false), ("http://localhost:7001/x?host=a", true),
        ("mysql+pymysql://localhost:7001/x?read_default_file=/x", false),
        ("me@tcp(localhost:7001)/x?allowAllFiles=true", false), ("me@tcp(localhost:7001)/x?parseTime=true", true),
        ("jdbc:db2://localhost:7001/x:clientRerouteServerListJNDIName=ldap://example.org/x;", false),
        ("http://localhost:7001/%2e%2e/x", false), ("http://localhost:7001/a%20b", true),
        ("ext://localhost:7001", false), ("jdbc:h2:tcp://localhost:7001/x", false), ("localhost", false),
    ])
    func anAddressIsOneOfThisMachine(_ value: String, _ isAdmitted: Bool) {
        #expect(VariableGate.admits("SHOP_URL", fromFile: Array(value.utf8)) == isAdmitted)
    }

    @Test(arguments: [
        ("CORS_ORIGINS", "https://*.example.org, http://localhost:7001", true),
        ("ALLOWED_HOSTS", "a.b,localhost:7001", true),
        ("KAFKA_BROKERS", "kafka:9092,localhost:7001", true), ("CORS_ORIGINS", "x://a,http://localhost:7001", false),
        ("CORS_ORIGINS", "./x,http://localhost:7001", false),
        ("CORS_DATABASE_URL", "http://localhost:7001,https://example.org", false),
        ("DISTCC_HOSTS", "kafka:9092,localhost:7001", false),
    ])
    func aListOfOthersMayHaveThem(_ name: String, _ value: String, _ isAdmitted: Bool) {
        #expect(VariableGate.admits(name, fromFile: Array(value.utf8)) == isAdmitted)
    }

    @Test func refusesANameThatIsLongerThanAny() {
        let name = String(repeating: "A_", count: 1000) + "URL"
        #expect(!VariableGate.admits(name, fromFile: Array("http://localhost:7001".utf8)))
        #expect(!VariableGate.admitsPort(name + "_PORT"))
    }

    /// With a path and no scheme, the name of a file looks the same.
    @Test(arguments: [
        ("SHOP_URL", true), ("SHOP_API", true), ("SHOP_HOST", false), ("SHOP_DB", false), ("SHOP_PORT", false),
    ])
    func onlyURLsHavePaths(_ name: String, _ isAdmitted: Bool) {
        #expect(VariableGate.admits(name, fromFile: Array("localhost:7001/x".utf8)) == isAdmitted)
        #expect(VariableGate.admits(name, fromFile: Array("localhost:7001".utf8)))
        #expect(!VariableGate.admits(name, fromFile: Array("localhost:7001/../x".utf8)))
    }

    /// A number says nothing about what reads it.
    @Test(
        arguments: list(
            "APP CELERY_APP QT_API UVICORN_BACKEND X_MODULE API_2 FOO FOO_BAR SUPPORT EXPORT TRANSPORT X_REPORT URL DATABASE_URL DEBUG MY_CACHE SSH"
        ))
    func refusesAPortInANameThatSaysNothing(_ name: String) { #expect(!VariableGate.admitsPort(name)) }

    @Test(arguments: [
        "http://localhost:7001", "[\"http://localhost:7001\",\"https://[::1]:1\"]",
        "localhost:7001", "127.0.0.1:1,localhost:7001", "[::1]:7001",
        "http://localhost:7001/x?y=1&z=2#q http://b.localhost:7001",
        "http://[::1]:7001/", "jdbc:mysql://localhost:7001/db",
        "postgresql+psycopg://me:secret@localhost:7001/x", "\"redis://localhost:7001\"",
    ])
    func letsAValueFollowThatIsAddresses(_ value: String) {
        #expect(VariableGate.admits("FOO_SERVICE", fromFile: Array(value.utf8)))
    }

    /// A module's attribute, a file's path and a program may look like an address.
    @Test(
        arguments: list(
            """
            FOO APP CELERY_APP QUART_APP COVERAGE_PROCESS_START COVERAGE_RCFILE R_LIBS_USER R_LIBS_SITE OPENER TERMINAL
            CHROME_DEVEL_SANDBOX TIGRC_SYSTEM AUTOCONF ACLOCAL AUTOM4TE LDSHARED WINELOADER WINESERVER HG
            BAZELISK_BASE_URL DEBIAN_FRONTEND P4PORT PYTHON_KEYRING_BACKEND KEYRING_BACKEND DJANGO_EMAIL_BACKEND
            NVIM_LISTEN_ADDRESS WEBKIT_INSPECTOR_SERVER DISTCC_HOSTS CCACHE_REMOTE_STORAGE SCCACHE_REDIS SCCACHE_ENDPOINT
            RAY_ADDRESS HEX_API_URL HEX_CDN MAILER HF_HUB_CACHE JITI_CACHE X_STORAGE X_ASSETS LOCATE_DB GEOIP_DB
            EARTHLY_BUILDKIT_HOST _EXPERIMENTAL_DAGGER_RUNNER_HOST RBE_SERVICE GOMA_SERVER_HOST NX_CLOUD_API
            PANTS_REMOTE_STORE_ADDRESS GITLAB_HOST CI_SERVER_URL GCE_METADATA_HOST MSI_ENDPOINT SOCKS5_SERVER
            FLIT_INDEX_URL ELECTRON_DOWNLOAD_URL ANTHROPIC_BASE_URL NGROK_CDN_URL ACTIONS_RUNTIME_URL SONAR_HOST_URL
            """))
    func refusesAnAddressInANameThatSaysNothing(_ name: String) {
        for value in ["http://localhost:7001", "localhost:7001"] {
            #expect(!VariableGate.admits(name, fromFile: Array(value.utf8)))
        }
    }

    @Test(
        arguments: list(
            """
            REDIS POSTGRES AMQP KAFKA ELASTICSEARCH SHOP_REDIS S3 MEILI API_BASE SERVER_ROOT VITE_SHOP
            NEXT_PUBLIC_APP URL_OF_SHOP URI_2 QUEUE USER_SERVICE VITE_SOCKET VITE_BACKEND API_BACKEND BACKEND A
            """))
    func letsTheNamesOfServicesFollow(_ name: String) {
        #expect(VariableGate.admits(name, fromFile: Array("http://localhost:7001".utf8)))
    }

    /// A shell that compares a number computes what stands there.
    @Test(arguments: [
        ("7001", true), ("7001-7002", true), ("7001:80/tcp", true), ("localhost:7001", true),
        ("a[$(touch x)] localhost:7001", false), ("rsh:sh -c ./evil localhost:7001", false), ("a[7001]", false),
        ("x:7001", false), ("7001\nx", false), ("", false),
    ])
    func aPortIsANumberOrAnAddress(_ value: String, _ isAdmitted: Bool) {
        #expect(VariableGate.admits("X_PORT", fromFile: Array(value.utf8)) == isAdmitted)
    }

    @Test(arguments: [
        "Noninteractive;BEGIN{exec+q{make}}@tcp(localhost:7001)/", "a{b}@tcp(localhost:7001)/",
        "me@tcp(localhost:7001)/;x", "me@tcp(localhost:7001)/x{y}", "localhost:7001/;BEGIN{x}",
        "http://localhost:7001/{x}",
    ])
    func refusesCodeAroundADataSource(_ value: String) {
        #expect(!VariableGate.admits("SHOP_SERVER", fromFile: Array(value.utf8)))
    }

    @Test(arguments: [
        "curl http://localhost:7001", "./run localhost:7001", "--title=localhost:7001", "|cat localhost:7001",
        "http://localhost:7001/$(id)", "http://localhost:7001/`id`", "http://localhost:7001;id", "$HOME/x:7001",
        "sh -c 'x' localhost:7001", "http://localhost:7001\nid", "/localhost:7001", "://localhost:7001", "localhost:",
        "é://localhost:7001", "",
        // The name of a file as well, and a command of an editor.
        "localhost:7001/x", "so://localhost:7001/x",
        // Another machine's
        "https://example.org/?localhost:7001", "https://localhost:7001@example.org/",
        "https://example.org,http://localhost:7001", "http://localhost:7001,https://example.org", "a:1,localhost:7001",
    ])
    func refusesAnyOtherValueInANameThatSaysNothing(_ value: String) {
        #expect(!VariableGate.admits("FOO_SERVICE", fromFile: Array(value.utf8)))
    }

    /// The user's own values are theirs; a number in one may change where no program obeys the name.
    @Test func theUsersValuesNeedNoEvidence() {
        #expect(VariableGate.admits("FOO", fromUser: Array("x,localhost:7001".utf8)))
        #expect(VariableGate.admits("SCHEMA_REGISTRY", fromUser: Array("http://localhost:7001".utf8)))
        #expect(!VariableGate.admits("HTTP_PROXY", fromUser: Array("http://localhost:7001".utf8)))
    }

    /// `webpack` and its kin call the URL of their assets so.
    @Test(arguments: [
        ("PUBLIC_PATH", "http://localhost:7001/assets", true), ("VITE_BASE_PATH", "http://localhost:7001", true),
        ("PUBLIC_PATH", "./x http://localhost:7001", false), ("PUBLIC_PATH", "localhost:7001", false),
        ("NODE_PUBLIC_PATH", "http://localhost:7001", false), ("EXEC_PATH", "http://localhost:7001", false),
        ("DYLD_PUBLIC_PATH", "http://localhost:7001", false), ("PORTRUN_API_PATH", "http://localhost:7001", false),
    ])
    func aPathOfAURLMayFollow(_ name: String, _ value: String, _ isAdmitted: Bool) {
        #expect(VariableGate.admits(name, fromFile: Array(value.utf8)) == isAdmitted)
        #expect(VariableGate.admits(name, fromUser: Array(value.utf8)) == isAdmitted)
        #expect(!VariableGate.admitsPort(name))
    }

    @Test(arguments: [
        "", "1PORT", "DB-PORT", "DB PORT", "É_PORT", "E\u{301}_PORT", "PORT\n", "A=B_PORT", "\u{FF30}ORT",
    ])
    func refusesWhatIsNoName(_ name: String) {
        #expect(!VariableGate.admitsPort(name))
        #expect(!VariableGate.admits(name, fromFile: Array("http://localhost:7001".utf8)))
        #expect(!VariableGate.admits(name, fromUser: Array("http://localhost:7001".utf8)))
    }

    private static func list(_ text: String) -> [String] {
        text.split { $0 == " " || $0 == "\n" }.map(String.init)
    }
}
