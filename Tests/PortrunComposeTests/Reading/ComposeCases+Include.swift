extension ComposeCase {
    /// `include`, by `docker compose config` 2.26.1.
    static let include: [ComposeCase] = [
        .init(
            "include string",
            [
                "compose.yaml": "include: i.yaml\n",
                "i.yaml": "services: {i: {image: x, ports: ['${P:-1}:1']}}\n",
            ],
            .refused),
        .init(
            "include long pd",
            [
                "compose.yaml": "include:\n  - path: d/i.yaml\n    project_directory: e\n",
                "d/i.yaml": "services: {i: {image: x, ports: ['${P:-1}:1']}}\n",
                "e/.env": "P=5\n",
                "d/.env": "P=6\n",
            ],
            .read(["i 5:1/tcp"])),
        .init(
            "include long env",
            [
                "compose.yaml": "include:\n  - path: d/i.yaml\n    env_file: x.env\n",
                "d/i.yaml": "services: {i: {image: x, ports: ['${P:-1}:1']}}\n",
                "x.env": "P=5\n",
                "d/.env": "P=6\n",
            ],
            .read(["i 5:1/tcp"])),
        .init(
            "include long env list",
            [
                "compose.yaml": "include:\n  - path: [d/i.yaml]\n    env_file: [x.env, y.env]\n",
                "d/i.yaml": "services: {i: {image: x, ports: ['${P:-1}:1']}}\n",
                "x.env": "P=5\n",
                "y.env": "P=7\n",
            ],
            .read(["i 7:1/tcp"])),
        .init(
            "include env missing",
            [
                "compose.yaml": "include:\n  - path: d/i.yaml\n    env_file: x.env\n",
                "d/i.yaml": "services: {i: {image: x, ports: ['${P:-1}:1']}}\n",
            ],
            .refused),
        .init(
            "include env expands",
            [
                "compose.yaml": "include:\n  - path: d/i.yaml\n    env_file: x.env\n",
                "d/i.yaml": "services: {i: {image: x, ports: ['${P:-1}:1']}}\n",
                "x.env": "P=$Q\n",
                ".env": "Q=9\n",
            ],
            .read(["i 9:1/tcp"])),
        .init(
            "include local env wins",
            [
                "compose.yaml": "include: [d/i.yaml]\n",
                "d/i.yaml": "services: {i: {image: x, ports: ['${P:-1}:1']}}\n",
                "d/.env": "P=6\n",
                ".env": "P=9\n",
            ],
            .read(["i 9:1/tcp"])),
        .init(
            "include cycle",
            [
                "compose.yaml": "include: [i.yaml]\n",
                "i.yaml": "include: [compose.yaml]\nservices: {i: {image: x}}\n",
            ],
            .refused),
        .init(
            "include self",
            ["compose.yaml": "include: [compose.yaml]\nservices: {i: {image: x}}\n"],
            .refused),
        .init(
            "include in second path",
            [
                "compose.yaml": "include:\n  - path: [i.yaml, compose.yaml]\n",
                "i.yaml": "services: {i: {image: x, ports: ['${P:-1}:1']}}\n",
            ],
            .refused),
        .init(
            "include unknown key",
            [
                "compose.yaml": "include:\n  - path: i.yaml\n    foo: 1\n",
                "i.yaml": "services: {i: {image: x, ports: ['${P:-1}:1']}}\n",
            ],
            .read(["i 1:1/tcp"])),
        .init(
            "include null",
            ["compose.yaml": "include:\nservices: {s: {image: x}}\n"],
            .read([], services: ["s"])),
        .init(
            "include empty list",
            ["compose.yaml": "include: []\nservices: {s: {image: x}}\n"],
            .read([], services: ["s"])),
        .init(
            "include same content no ports",
            [
                "compose.yaml": "include: [i.yaml]\nservices: {i: {image: x}}\n",
                "i.yaml": "services: {i: {image: x}}\n",
            ],
            .read([], services: ["i"])),
        .init(
            "include volumes same",
            [
                "compose.yaml": "include: [i.yaml]\nservices: {s: {image: x}}\nvolumes: {v: {}}\n",
                "i.yaml": "services: {i: {image: x}}\nvolumes: {v: {}}\n",
            ],
            .read([], services: ["i", "s"])),
        .init(
            "include volumes differ",
            [
                "compose.yaml": "include: [i.yaml]\nservices: {s: {image: x}}\nvolumes: {v: {name: a}}\n",
                "i.yaml": "services: {i: {image: x}}\nvolumes: {v: {}}\n",
            ],
            .refused),
        .init(
            "include two with same",
            [
                "compose.yaml": "include: [i.yaml, j.yaml]\n",
                "i.yaml": "services: {i: {image: x, ports: ['${P:-1}:1']}}\n",
                "j.yaml": "services: {i: {image: x, ports: ['${P:-1}:1']}}\n",
            ],
            .read(["i 1:1/tcp"])),
        .init(
            "include two conflicting",
            [
                "compose.yaml": "include: [i.yaml, j.yaml]\n",
                "i.yaml": "services: {i: {image: x, ports: ['${P:-1}:1']}}\n",
                "j.yaml": "services: {i: {image: x, ports: ['${P:-1}:2']}}\n",
            ],
            .refused),
        .init(
            "include in override file",
            [
                "compose.yaml": "services: {s: {image: x, ports: ['${P:-1}:80']}}\n",
                "compose.override.yaml": "include: [i.yaml]\n",
                "i.yaml": "services: {i: {image: x, ports: ['${P:-1}:1']}}\n",
            ],
            .read(["i 1:1/tcp", "s 1:80/tcp"])),
        .init(
            "include in override conflicts with base",
            [
                "compose.yaml": "services: {i: {image: z}}\n",
                "compose.override.yaml": "include: [i.yaml]\n",
                "i.yaml": "services: {i: {image: x, ports: ['${P:-1}:1']}}\n",
            ],
            .read(["i 1:1/tcp"])),
        .init(
            "include name ignored",
            [
                "compose.yaml": "include: [i.yaml]\n",
                "i.yaml": "name: other\nservices: {i: {image: x, ports: ['${P:-1}:1']}}\n",
            ],
            .read(["i 1:1/tcp"])),
        .init(
            "include extends inside",
            [
                "compose.yaml": "include: [d/i.yaml]\n",
                "d/i.yaml": "services: {a: {extends: {file: b.yaml, service: s}}}\n",
                "d/b.yaml": "services: {s: {image: x, ports: ['${P:-1}:80']}}\n",
            ],
            .read(["a 1:80/tcp"])),
        .init(
            "include depends across",
            [
                "compose.yaml": "include: [i.yaml]\nservices: {s: {image: x, depends_on: [i]}}\n",
                "i.yaml": "services: {i: {image: x, ports: ['${P:-1}:1']}}\n",
            ],
            .read(["i 1:1/tcp"], services: ["i", "s"])),
        .init(
            "include override tag in path list",
            [
                "compose.yaml": "include:\n  - path: [i.yaml, o.yaml]\n",
                "i.yaml": "services: {i: {image: x, ports: ['${P:-1}:1']}}\n",
                "o.yaml": "services: {i: {ports: ['8:8']}}\n",
            ],
            .read(["i 1:1/tcp", "i 8:8/tcp"])),
        .init(
            "include empty file",
            ["compose.yaml": "include: [i.yaml]\nservices: {s: {image: x}}\n", "i.yaml": ""],
            .read([], services: ["s"])),
        .init(
            "include comment file",
            ["compose.yaml": "include: [i.yaml]\nservices: {s: {image: x}}\n", "i.yaml": "# c\n"],
            .read([], services: ["s"])),
        .init(
            "include same twice short",
            [
                "compose.yaml": "include: [i.yaml, i.yaml]\n",
                "i.yaml": "services: {i: {image: x, ports: ['${P:-1}:1']}}\n",
            ],
            .read(["i 1:1/tcp"])),
        .init(
            "include with project name var",
            [
                "compose.yaml": "name: abc\ninclude: [i.yaml]\n",
                "i.yaml": "services: {i: {image: '${COMPOSE_PROJECT_NAME}', ports: ['${P:-1}:1']}}\n",
            ],
            .read(["i 1:1/tcp"], name: "abc")),
        .init(
            "include relative to second file",
            [
                "compose.yaml": "services: {s: {image: x, ports: ['${P:-1}:80']}}\n",
                "o/b.yaml": "include: [i.yaml]\n",
                "o/i.yaml": "services: {i: {image: x, ports: ['${P:-1}:1']}}\n",
                "i.yaml": "services: {i: {image: x, ports: ['${P:-1}:2']}}\n",
            ],
            arguments: ["-f", "compose.yaml", "-f", "o/b.yaml"],
            .read(["i 1:2/tcp", "s 1:80/tcp"])),
    ]
}
