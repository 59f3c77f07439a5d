extension ComposeCase {
    /// Which files, variables and names, by `docker compose config` 2.26.1.
    static let files: [ComposeCase] = [
        .init(
            "name int",
            ["compose.yaml": "name: 3\nservices: {s: {image: x}}\n"],
            .refused),
        .init(
            "name null",
            ["compose.yaml": "name:\nservices: {s: {image: x}}\n"],
            .refused),
        .init(
            "name bad chars",
            ["compose.yaml": "name: a b!c\nservices: {s: {image: x}}\n"],
            .read([], services: ["s"], name: "abc")),
        .init(
            "name only symbols",
            ["compose.yaml": "name: '!!'\nservices: {s: {image: x}}\n"],
            .refused),
        .init(
            "name in second doc",
            ["compose.yaml": "services: {s: {image: x}}\n---\nname: zz\n"],
            .read([], services: ["s"], name: "zz")),
        .init(
            "name env upper",
            ["compose.yaml": "services: {s: {image: x}}\n"],
            environment: ["COMPOSE_PROJECT_NAME": "MyApp"],
            .refused),
        .init(
            "name -p upper",
            ["compose.yaml": "services: {s: {image: x}}\n"],
            arguments: ["-p", "MyApp"],
            .refused),
        .init(
            "name -p lead",
            ["compose.yaml": "services: {s: {image: x}}\n"],
            arguments: ["-p", "-x"],
            .refused),
        .init(
            "name -p empty",
            ["compose.yaml": "services: {s: {image: x}}\n"],
            arguments: ["-p", ""],
            .read([], services: ["s"])),
        .init(
            "name -p beats env",
            ["compose.yaml": "name: top\nservices: {s: {image: x}}\n"],
            arguments: ["-p", "aa"],
            environment: ["COMPOSE_PROJECT_NAME": "bb"],
            .read([], services: ["s"], name: "aa")),
        .init(
            "name dotenv upper",
            ["compose.yaml": "services: {s: {image: x}}\n", ".env": "COMPOSE_PROJECT_NAME=MyApp\n"],
            .refused),
        .init(
            "name interp missing required",
            ["compose.yaml": "name: ${NM:?x}\nservices: {s: {image: x}}\n"],
            .refused),
        .init(
            "name uses own",
            ["compose.yaml": "name: ${COMPOSE_PROJECT_NAME}\nservices: {s: {image: x}}\n"],
            .refused),
        .init(
            "f dir",
            ["d/compose.yaml": "services: {s: {image: x, ports: ['${P:-1}:80']}}\n"],
            arguments: ["-f", "d"],
            .refused),
        .init(
            "f missing",
            ["compose.yaml": "services: {s: {image: x, ports: ['${P:-1}:80']}}\n"],
            arguments: ["-f", "nope.yaml"],
            .refused),
        .init(
            "env file dir default",
            ["compose.yaml": "services: {s: {image: x, ports: ['${P:-1}:80']}}\n", ".env/x": ""],
            .read(["s 1:80/tcp"])),
        .init(
            "env-file dir",
            ["compose.yaml": "services: {s: {image: x, ports: ['${P:-1}:80']}}\n", "e/x": ""],
            arguments: ["--env-file", "e"],
            .refused),
        .init(
            "compose.yaml is dir",
            ["compose.yaml/x": "", "compose.yml": "services: {s: {image: x, ports: ['${P:-1}:80']}}\n"],
            .refused),
        .init(
            "override is dir",
            [
                "compose.yaml": "services: {s: {image: x, ports: ['${P:-1}:80']}}\n",
                "compose.override.yml/x": "",
            ],
            .refused),
        .init(
            "env files later refers earlier",
            [
                "compose.yaml": "services: {s: {image: x, ports: ['${P:-1}:80']}}\n",
                "a.env": "X=5\n",
                "b.env": "P=${X}\n",
            ],
            arguments: ["--env-file", "a.env", "--env-file", "b.env"],
            .read(["s 5:80/tcp"])),
        .init(
            "env files empty entry",
            ["compose.yaml": "services: {s: {image: x, ports: ['${P:-1}:80']}}\n", "a.env": "P=5\n"],
            environment: ["COMPOSE_ENV_FILES": "a.env,"],
            .refused),
        .init(
            "env disable 0",
            ["compose.yaml": "services: {s: {image: x, ports: ['${P:-1}:80']}}\n", ".env": "P=5\n"],
            environment: ["COMPOSE_DISABLE_ENV_FILE": "0"],
            .read(["s 5:80/tcp"])),
        .init(
            "env disable yes",
            ["compose.yaml": "services: {s: {image: x, ports: ['${P:-1}:80']}}\n", ".env": "P=5\n"],
            environment: ["COMPOSE_DISABLE_ENV_FILE": "yes"],
            .refused),
        .init(
            "env disable TRUE",
            ["compose.yaml": "services: {s: {image: x, ports: ['${P:-1}:80']}}\n", ".env": "P=5\n"],
            environment: ["COMPOSE_DISABLE_ENV_FILE": "TRUE"],
            .read(["s 1:80/tcp"])),
        .init(
            "env disable with flag",
            [
                "compose.yaml": "services: {s: {image: x, ports: ['${P:-1}:80']}}\n",
                ".env": "P=5\n",
                "a.env": "P=6\n",
            ],
            arguments: ["--env-file", "a.env"],
            environment: ["COMPOSE_DISABLE_ENV_FILE": "1"],
            .read(["s 6:80/tcp"])),
        .init(
            "pd with discovery parent",
            ["compose.yaml": "services: {s: {image: x, ports: ['${P:-1}:80']}}\n", "sub/x": ""],
            arguments: ["--project-directory", "sub"],
            .read(["s 1:80/tcp"], name: "sub")),
        .init(
            "pd missing",
            ["compose.yaml": "services: {s: {image: x, ports: ['${P:-1}:80']}}\n"],
            arguments: ["--project-directory", "nope"],
            .read(["s 1:80/tcp"], name: "nope")),
        .init(
            "dotenv COMPOSE_FILE other dir own dotenv",
            [
                "compose.yaml": "services: {s: {image: x, ports: ['${P:-1}:80']}}\n",
                ".env": "COMPOSE_FILE=d/o.yaml\nP=3\n",
                "d/o.yaml": "services: {s: {image: x, ports: ['${P:-1}:80']}}\n",
                "d/.env": "P=4\nQ=5\n",
            ],
            .read(["s 3:80/tcp"], name: "d")),
        .init(
            "dotenv COMPOSE_FILE other dir dotenv Q",
            [
                "compose.yaml": "services: {s: {image: x, ports: ['${P:-1}:80']}}\n",
                ".env": "COMPOSE_FILE=d/o.yaml\n",
                "d/o.yaml": "services: {s: {image: x, ports: ['${P:-1}:80']}}\n",
                "d/.env": "P=4\n",
            ],
            .read(["s 4:80/tcp"], name: "d")),
        .init(
            "no compose; dotenv COMPOSE_FILE in dir",
            [
                ".env": "COMPOSE_FILE=d/o.yaml\nP=3\n",
                "d/o.yaml": "services: {s: {image: x, ports: ['${P:-1}:80']}}\n",
                "d/.env": "P=4\n",
            ],
            .read(["s 3:80/tcp"], name: "d")),
    ]
}
