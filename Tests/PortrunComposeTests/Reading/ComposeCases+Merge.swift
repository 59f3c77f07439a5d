extension ComposeCase {
    /// Several files, by `docker compose config` 2.26.1.
    static let merge: [ComposeCase] = [
        .init(
            "merge int pub twice",
            [
                "a.yaml": "services: {s: {image: x, ports: [{target: 80, published: 1}]}}\n",
                "b.yaml": "services: {s: {ports: [{target: 80, published: 1}]}}\n",
            ],
            arguments: ["-f", "a.yaml", "-f", "b.yaml"],
            .read(["s 1:80/tcp"])),
        .init(
            "merge ip default",
            [
                "a.yaml": "services: {s: {image: x, ports: ['1:80']}}\n",
                "b.yaml": "services: {s: {ports: ['0.0.0.0:1:80']}}\n",
            ],
            arguments: ["-f", "a.yaml", "-f", "b.yaml"],
            .read(["s 0.0.0.0:1:80/tcp"])),
        .init(
            "merge ports null first",
            [
                "a.yaml": "services: {s: {image: x, ports: }}\n",
                "b.yaml": "services: {s: {ports: ['1:80']}}\n",
            ],
            arguments: ["-f", "a.yaml", "-f", "b.yaml"],
            .refused),
        .init(
            "merge service null",
            ["a.yaml": "services: {s: {image: x, ports: ['1:1']}}\n", "b.yaml": "services: {s: }\n"],
            arguments: ["-f", "a.yaml", "-f", "b.yaml"],
            .read(["s 1:1/tcp"])),
        .init(
            "merge services null",
            ["a.yaml": "services: {s: {image: x, ports: ['1:1']}}\n", "b.yaml": "services:\n"],
            arguments: ["-f", "a.yaml", "-f", "b.yaml"],
            .refused),
        .init(
            "merge ports map over list",
            [
                "a.yaml": "services: {s: {image: x, ports: ['1:1']}}\n",
                "b.yaml": "services: {s: {ports: {a: b}}}\n",
            ],
            arguments: ["-f", "a.yaml", "-f", "b.yaml"],
            .refused),
        .init(
            "merge ports string over list",
            [
                "a.yaml": "services: {s: {image: x, ports: ['1:1']}}\n",
                "b.yaml": "services: {s: {ports: '2:2'}}\n",
            ],
            arguments: ["-f", "a.yaml", "-f", "b.yaml"],
            .refused),
        .init(
            "merge service list",
            ["a.yaml": "services: {s: {image: x, ports: ['1:1']}}\n", "b.yaml": "services: {s: []}\n"],
            arguments: ["-f", "a.yaml", "-f", "b.yaml"],
            .refused),
        .init(
            "merge depends list map",
            [
                "a.yaml": "services: {s: {image: x, depends_on: [b]}, b: {image: y}}\n",
                "b.yaml": "services: {s: {depends_on: {b: {condition: service_healthy}}}}\n",
            ],
            arguments: ["-f", "a.yaml", "-f", "b.yaml"],
            .read([], services: ["b", "s"])),
        .init(
            "merge build string map",
            ["a.yaml": "services: {s: {build: .}}\n", "b.yaml": "services: {s: {build: {context: x}}}\n"],
            arguments: ["-f", "a.yaml", "-f", "b.yaml"],
            .read([], services: ["s"])),
        .init(
            "override without base",
            [
                "a.yaml": "services: {s: {image: x}}\n",
                "b.yaml": "services: {s: {ports: !override ['1:1']}}\n",
            ],
            arguments: ["-f", "a.yaml", "-f", "b.yaml"],
            .read(["s 1:1/tcp"])),
        .init(
            "override mapping",
            [
                "a.yaml": "services: {s: {image: x, ports: ['1:1']}}\n",
                "b.yaml": "services: !override {r: {image: y, ports: ['2:2']}}\n",
            ],
            arguments: ["-f", "a.yaml", "-f", "b.yaml"],
            .read(["r 2:2/tcp"])),
        .init(
            "reset services",
            ["a.yaml": "services: {s: {image: x, ports: ['1:1']}}\n", "b.yaml": "services: !reset {}\n"],
            arguments: ["-f", "a.yaml", "-f", "b.yaml"],
            .refused),
        .init(
            "reset then add later",
            [
                "a.yaml": "services: {s: {image: x, ports: ['1:1']}}\n",
                "b.yaml": "services: {s: {ports: !reset []}}\n",
                "c.yaml": "services: {s: {ports: ['3:3']}}\n",
            ],
            arguments: ["-f", "a.yaml", "-f", "b.yaml", "-f", "c.yaml"],
            .read(["s 3:3/tcp"])),
        .init(
            "reset in the same file",
            [
                "a.yaml": "services: {s: {image: x, ports: !reset ['1:1']}}\n",
                "b.yaml": "services: {s: {ports: ['3:3']}}\n",
            ],
            arguments: ["-f", "a.yaml", "-f", "b.yaml"],
            .read(["s 3:3/tcp"])),
        .init(
            "reset via alias",
            [
                "a.yaml": "services: {s: {image: x, ports: ['1:1']}}\n",
                "b.yaml": "x-r: &r !reset []\nservices: {s: {ports: *r}}\n",
            ],
            arguments: ["-f", "a.yaml", "-f", "b.yaml"],
            .read([], services: ["s"])),
        .init(
            "override via merge key",
            [
                "a.yaml": "services: {s: {image: x, ports: ['1:1']}}\n",
                "b.yaml": "x-r: &r {ports: !override ['2:2']}\nservices: {s: {<<: *r}}\n",
            ],
            arguments: ["-f", "a.yaml", "-f", "b.yaml"],
            .read(["s 2:2/tcp"])),
        .init(
            "override scalar",
            [
                "a.yaml": "services: {s: {image: x, ports: ['1:1']}}\n",
                "b.yaml": "services: {s: {image: !override y}}\n",
            ],
            arguments: ["-f", "a.yaml", "-f", "b.yaml"],
            .read(["s 1:1/tcp"])),
        .init(
            "override scalar quoted",
            [
                "a.yaml": "services: {s: {image: x, ports: ['1:1']}}\n",
                "b.yaml": "services: {s: {image: !override 'y'}}\n",
            ],
            arguments: ["-f", "a.yaml", "-f", "b.yaml"],
            .read(["s 1:1/tcp"])),
        .init(
            "reset profile",
            [
                "a.yaml": "services: {s: {image: x, profiles: [p], ports: ['1:1']}}\n",
                "b.yaml": "services: {s: {profiles: !reset []}}\n",
            ],
            arguments: ["-f", "a.yaml", "-f", "b.yaml"],
            .read(["s 1:1/tcp"])),
        .init(
            "reset port element",
            [
                "a.yaml": "services: {s: {image: x, ports: ['1:1','2:2']}}\n",
                "b.yaml": "services: {s: {ports: [!reset '1:1', '3:3']}}\n",
            ],
            arguments: ["-f", "a.yaml", "-f", "b.yaml"],
            .read(["s 1:1/tcp", "s 2:2/tcp", "s 3:3/tcp"])),
        .init(
            "reset depends_on key",
            [
                "a.yaml": "services: {s: {image: x, depends_on: {b: {condition: service_started}}}}\n",
                "b.yaml": "services: {s: {depends_on: !reset {}}}\n",
            ],
            arguments: ["-f", "a.yaml", "-f", "b.yaml"],
            .read([], services: ["s"])),
        .init(
            "override star service name",
            [
                "a.yaml": "services: {s: {image: x, ports: ['1:1']}}\n",
                "b.yaml": "services: {'*': {ports: !override ['2:2']}}\n",
            ],
            arguments: ["-f", "a.yaml", "-f", "b.yaml"],
            .refused),
        .init(
            "image only in second",
            ["a.yaml": "services: {s: {ports: ['1:1']}}\n", "b.yaml": "services: {s: {image: x}}\n"],
            arguments: ["-f", "a.yaml", "-f", "b.yaml"],
            .read(["s 1:1/tcp"])),
        .init(
            "unknown top merged",
            ["a.yaml": "services: {s: {image: x}}\n", "b.yaml": "foo: 1\n"],
            arguments: ["-f", "a.yaml", "-f", "b.yaml"],
            .refused),
        .init(
            "second empty",
            ["a.yaml": "services: {s: {image: x, ports: ['1:1']}}\n", "b.yaml": ""],
            arguments: ["-f", "a.yaml", "-f", "b.yaml"],
            .read(["s 1:1/tcp"])),
        .init(
            "first empty",
            ["a.yaml": "", "b.yaml": "services: {s: {image: x, ports: ['1:1']}}\n"],
            arguments: ["-f", "a.yaml", "-f", "b.yaml"],
            .read(["s 1:1/tcp"])),
        .init(
            "second null doc",
            ["a.yaml": "services: {s: {image: x, ports: ['1:1']}}\n", "b.yaml": "---\n"],
            arguments: ["-f", "a.yaml", "-f", "b.yaml"],
            .refused),
        .init(
            "scale merged",
            [
                "a.yaml": "services: {s: {image: x, scale: 1, container_name: a}}\n",
                "b.yaml": "services: {s: {scale: 2}}\n",
            ],
            arguments: ["-f", "a.yaml", "-f", "b.yaml"],
            .refused),
        .init(
            "name order",
            [
                "a.yaml": "name: a\nservices: {s: {image: x}}\n",
                "b.yaml": "services: {s: {image: y}}\n",
                "c.yaml": "name: c\n",
            ],
            arguments: ["-f", "a.yaml", "-f", "b.yaml", "-f", "c.yaml"],
            .read([], services: ["s"], name: "c")),
    ]
}
