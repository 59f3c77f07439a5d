extension ComposeCase {
    /// `extends`, by `docker compose config` 2.26.1.
    static let extends: [ComposeCase] = [
        .init(
            "extends relative to project",
            [
                "a/compose.yaml": "services: {s: {extends: {file: c.yaml, service: b}}}\n",
                "c.yaml": "services: {b: {image: x, ports: ['1:1']}}\n",
                "a/c.yaml": "services: {b: {image: x, ports: ['2:2']}}\n",
            ],
            arguments: ["-f", "a/compose.yaml", "--project-directory", "."],
            .read(["s 1:1/tcp"])),
        .init(
            "extends in second f",
            [
                "compose.yaml": "services: {s: {image: x, ports: ['${P:-1}:80']}}\n",
                "o/b.yaml": "services: {s: {extends: {file: c.yaml, service: b}}}\n",
                "o/c.yaml": "services: {b: {image: x, ports: ['7:7']}}\n",
                "c.yaml": "services: {b: {image: x, ports: ['8:8']}}\n",
            ],
            arguments: ["-f", "compose.yaml", "-f", "o/b.yaml"],
            .read(["s 8:8/tcp", "s 1:80/tcp"])),
        .init(
            "extends chain dirs",
            [
                "compose.yaml": "services: {s: {extends: {file: d/a.yaml, service: a}}}\n",
                "d/a.yaml": "services: {a: {extends: {file: e/b.yaml, service: b}, ports: ['2:2']}}\n",
                "d/e/b.yaml": "services: {b: {image: x, ports: ['1:1']}}\n",
            ],
            .read(["s 1:1/tcp", "s 2:2/tcp"])),
        .init(
            "extends chain dirs 3",
            [
                "compose.yaml": "services: {s: {extends: {file: d/a.yaml, service: a}}}\n",
                "d/a.yaml": "services: {a: {extends: {file: e/b.yaml, service: b}, ports: ['2:2']}}\n",
                "d/e/b.yaml":
                    "services: {b: {extends: {file: g/c.yaml, service: c}, image: x, ports: ['1:1']}}\n",
                "d/e/g/c.yaml": "services: {c: {image: x, ports: ['9:9']}}\n",
            ],
            .read(["s 1:1/tcp", "s 2:2/tcp", "s 9:9/tcp"])),
        .init(
            "extends chain same file in base",
            [
                "compose.yaml": "services: {s: {extends: {file: d/a.yaml, service: a}}}\n",
                "d/a.yaml": "services: {a: {extends: b, ports: ['2:2']}, b: {image: x, ports: ['1:1']}}\n",
            ],
            .read(["s 1:1/tcp", "s 2:2/tcp"])),
        .init(
            "extends own file by name",
            [
                "compose.yaml":
                    "services: {s: {extends: {file: compose.yaml, service: b}}, b: {image: x, ports: ['1:1']}}\n"
            ],
            .read(["b 1:1/tcp", "s 1:1/tcp"])),
        .init(
            "extends cycle",
            ["compose.yaml": "services: {a: {image: x, extends: b}, b: {extends: a}}\n"],
            .refused),
        .init(
            "extends self",
            ["compose.yaml": "services: {a: {image: x, extends: a}}\n"],
            .refused),
        .init(
            "extends cycle files",
            [
                "compose.yaml": "services: {a: {image: x, extends: {file: o.yaml, service: a}}}\n",
                "o.yaml": "services: {a: {extends: {file: compose.yaml, service: a}}}\n",
            ],
            .refused),
        .init(
            "extends same name other file",
            [
                "compose.yaml": "services: {a: {extends: {file: o.yaml, service: a}, ports: ['2:2']}}\n",
                "o.yaml": "services: {a: {image: x, ports: ['1:1']}}\n",
            ],
            .read(["a 1:1/tcp", "a 2:2/tcp"])),
        .init(
            "extends missing service",
            ["compose.yaml": "services: {a: {image: x, extends: nope}}\n"],
            .refused),
        .init(
            "extends missing in file",
            [
                "compose.yaml": "services: {a: {image: x, extends: {file: o.yaml, service: nope}}}\n",
                "o.yaml": "services: {s: {image: x, ports: ['${P:-1}:80']}}\n",
            ],
            .refused),
        .init(
            "extends null",
            ["compose.yaml": "services: {a: {image: x, extends: }}\n"],
            .refused),
        .init(
            "extends no service",
            [
                "compose.yaml": "services: {a: {image: x, extends: {file: o.yaml}}}\n",
                "o.yaml": "services: {s: {image: x, ports: ['${P:-1}:80']}}\n",
            ],
            .refused),
        .init(
            "extends file null",
            [
                "compose.yaml":
                    "services: {a: {image: x, extends: {file: , service: s}}, s: {image: y, ports: ['4:4']}}\n"
            ],
            .read(["a 4:4/tcp", "s 4:4/tcp"])),
        .init(
            "extends interp file",
            [
                "compose.yaml": "services: {a: {extends: {file: '${D:-o}.yaml', service: s}}}\n",
                "o.yaml": "services: {s: {image: x, ports: ['${P:-1}:80']}}\n",
            ],
            .read(["a 1:80/tcp"])),
        .init(
            "extends base multi doc",
            [
                "compose.yaml": "services: {a: {extends: {file: o.yaml, service: s}}}\n",
                "o.yaml":
                    "services: {s: {image: x, ports: ['${P:-1}:80']}}\n---\nservices: {s: {ports: ['9:9']}}\n",
            ],
            .read(["a 1:80/tcp", "a 9:9/tcp"])),
        .init(
            "extends base reset",
            [
                "compose.yaml": "services: {a: {extends: {file: o.yaml, service: s}}}\n",
                "o.yaml":
                    "services: {s: {image: x, ports: ['${P:-1}:80']}}\n---\nservices: {s: {ports: !override ['9:9']}}\n",
            ],
            .read(["a 9:9/tcp"])),
        .init(
            "extends base required var",
            [
                "compose.yaml": "services: {a: {extends: {file: o.yaml, service: s}}}\n",
                "o.yaml": "services: {s: {image: x}, z: {image: '${ZZ:?no}'}}\n",
            ],
            .refused),
        .init(
            "extends base has include",
            [
                "compose.yaml": "services: {a: {extends: {file: o.yaml, service: s}}}\n",
                "o.yaml": "include: [i.yaml]\nservices: {s: {image: x}}\n",
                "i.yaml": "services: {s2: {image: x}}\n",
            ],
            .read([], services: ["a"])),
        .init(
            "extends included service",
            [
                "compose.yaml": "include: [i.yaml]\nservices: {a: {extends: b}}\n",
                "i.yaml": "services: {b: {image: x, ports: ['3:3']}}\n",
            ],
            .refused),
        .init(
            "extends reset ports",
            [
                "compose.yaml":
                    "services: {b: {image: x, ports: ['1:1']}, s: {extends: b, ports: !reset []}}\n"
            ],
            .read(["b 1:1/tcp"], services: ["b", "s"])),
        .init(
            "extends depends_on dropped?",
            [
                "compose.yaml": "services: {a: {extends: {file: o.yaml, service: s}}}\n",
                "o.yaml": "services: {s: {image: x, depends_on: [z]}, z: {image: y}}\n",
            ],
            .refused),
        .init(
            "extends in override of file ports range",
            [
                "compose.yaml":
                    "services: {a: {extends: {file: o.yaml, service: s}, ports: ['9001:9001']}}\n",
                "o.yaml": "services: {s: {image: x, ports: ['9000-9002:9000-9002']}}\n",
            ],
            .read(["a 9000:9000/tcp", "a 9001:9001/tcp", "a 9002:9002/tcp"])),
        .init(
            "extends then override",
            [
                "a.yaml": "services: {b: {image: x, ports: ['1:1']}, s: {extends: b}}\n",
                "b.yaml": "services: {s: {ports: !override ['2:2']}}\n",
            ],
            arguments: ["-f", "a.yaml", "-f", "b.yaml"],
            .read(["b 1:1/tcp", "s 2:2/tcp"])),
        .init(
            "extends base override of its base",
            [
                "compose.yaml": "services: {a: {extends: {file: b.yaml, service: y}}}\n",
                "b.yaml": "services: {y: {extends: {file: d.yaml, service: z}, ports: !override ['2:2']}}\n",
                "d.yaml": "services: {z: {image: x, ports: ['1:1']}}\n",
            ],
            .read(["a 2:2/tcp"])),
        .init(
            "extends base reset of same file",
            [
                "compose.yaml": "services: {a: {extends: {file: b.yaml, service: y}}}\n",
                "b.yaml": "services: {y: {extends: z, ports: !reset []}, z: {image: x, ports: ['1:1']}}\n",
            ],
            .read([], services: ["a"])),
        .init(
            "extends base override in last doc",
            [
                "compose.yaml": "services: {a: {extends: {file: b.yaml, service: y}}}\n",
                "b.yaml": """
                services: {y: {extends: z, ports: ['2:2']}, z: {image: x, ports: ['1:1']}}
                ---
                services: {y: {ports: !override ['3:3']}}

                """,
            ],
            .read(["a 3:3/tcp"])),
        .init(
            "extends same name base override",
            [
                "compose.yaml": "services: {y: {extends: {file: b.yaml, service: y}, ports: ['7:7']}}\n",
                "b.yaml": "services: {y: {image: x, ports: !override ['2:2']}}\n",
            ],
            .read(["y 7:7/tcp"])),
        .init(
            "extends build vs image",
            [
                "compose.yaml": "services: {a: {extends: {file: o.yaml, service: s}, build: .}}\n",
                "o.yaml": "services: {s: {image: x, ports: ['${P:-1}:80']}}\n",
            ],
            .read(["a 1:80/tcp"])),
    ]
}
