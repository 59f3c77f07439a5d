extension ComposeCase {
    /// What YAML means, by `docker compose config` 2.26.1.
    static let yaml: [ComposeCase] = [
        .init(
            "alias in ports",
            ["compose.yaml": "x-p: &p ['1:1','2:2']\nservices:\n  s: {image: x, ports: [*p]}\n"],
            .refused),
        .init(
            "merge list",
            [
                "compose.yaml":
                    "x-p: &p {ports: ['1:1']}\nx-q: &q {ports: ['2:2'], image: y}\nservices:\n  s: {<<: [*p, *q]}\n"
            ],
            .read(["s 1:1/tcp"])),
        .init(
            "merge inline map",
            ["compose.yaml": "services:\n  s: {<<: {ports: ['1:1'], image: x}}\n"],
            .read(["s 1:1/tcp"])),
        .init(
            "merge null",
            ["compose.yaml": "services:\n  s: {<<: , image: x}\n"],
            .refused),
        .init(
            "merge scalar",
            ["compose.yaml": "services:\n  s: {<<: a, image: x}\n"],
            .refused),
        .init(
            "anchor redefined",
            [
                "compose.yaml":
                    "x-a: &a {ports: ['1:1']}\nx-b: &a {ports: ['2:2']}\nservices:\n  s: {<<: *a, image: x}\n"
            ],
            .read(["s 2:2/tcp"])),
        .init(
            "unknown anchor",
            ["compose.yaml": "services:\n  s: *nope\n"],
            .refused),
        .init(
            "self anchor",
            ["compose.yaml": "services:\n  s: &a\n    image: x\n    labels: *a\n"],
            .refused),
        .init(
            "null key",
            ["compose.yaml": "services:\n  s: {image: x, ~: 1}\n"],
            .refused),
        .init(
            "bool key",
            ["compose.yaml": "services:\n  s: {image: x}\nx-a: {true: 1}\n"],
            .refused),
        .init(
            "float key",
            ["compose.yaml": "services:\n  s: {image: x}\nx-a: {1.5: 1}\n"],
            .refused),
        .init(
            "list key",
            ["compose.yaml": "services:\n  s: {image: x}\nx-a: {[1]: 1}\n"],
            .refused),
        .init(
            "quoted int key",
            ["compose.yaml": "services:\n  '1': {image: x, ports: ['1:1']}\n"],
            .read(["1 1:1/tcp"])),
        .init(
            "services null",
            ["compose.yaml": "services:\n"],
            .refused),
        .init(
            "services list",
            ["compose.yaml": "services: []\n"],
            .refused),
        .init(
            "services empty",
            ["compose.yaml": "services: {}\n"],
            .read([])),
        .init(
            "three docs",
            [
                "compose.yaml":
                    "services: {s: {image: x, ports: ['1:1']}}\n---\nservices: {s: {ports: !override ['2:2']}}\n---\nservices: {s: {ports: ['3:3']}}\n"
            ],
            .read(["s 2:2/tcp", "s 3:3/tcp"])),
        .init(
            "empty first doc",
            ["compose.yaml": "---\n---\nservices: {s: {image: x, ports: ['1:1']}}\n"],
            .refused),
        .init(
            "comment doc",
            ["compose.yaml": "# c\n---\n# d\n---\nservices: {s: {image: x, ports: ['1:1']}}\n"],
            .refused),
        .init(
            "doc end marks",
            ["compose.yaml": "---\nservices: {s: {image: x, ports: ['1:1']}}\n...\n"],
            .read(["s 1:1/tcp"])),
        .init(
            "list top",
            ["compose.yaml": "- a\n"],
            .refused),
        .init(
            "scalar top",
            ["compose.yaml": "hello\n"],
            .refused),
        .init(
            "yaml 1.1 directive",
            ["compose.yaml": "%YAML 1.1\n---\nservices: {s: {image: x, ports: ['1:1']}}\n"],
            .read(["s 1:1/tcp"])),
        .init(
            "tab after key",
            ["compose.yaml": "services:\n  s:\n    image:\tx\n    ports:\t['1:1']\n"],
            .read(["s 1:1/tcp"])),
        .init(
            "folded multi",
            ["compose.yaml": "services:\n  s:\n    image: x\n    ports:\n      - |\n        1:1\n"],
            .refused),
        .init(
            "folded keep",
            ["compose.yaml": "services:\n  s:\n    image: x\n    ports:\n      - >-\n        1:1\n\n"],
            .read(["s 1:1/tcp"])),
        .init(
            "explicit key",
            ["compose.yaml": "services:\n  ? s\n  : image: x\n    ports: ['1:1']\n"],
            .read(["s 1:1/tcp"])),
        .init(
            "version int",
            ["compose.yaml": "version: 3\nservices: {s: {image: x}}\n"],
            .refused),
        .init(
            "var in image",
            ["compose.yaml": "services: {s: {image: '${P:-1}', ports: ['${P:-1}:80']}}\n"],
            .read(["s 1:80/tcp"])),
        .init(
            "plain var port",
            ["compose.yaml": "services: {s: {image: x, ports: [$P]}}\n"],
            environment: ["P": "80"],
            .read(["s 80/tcp"])),
        .init(
            "plain var octal",
            ["compose.yaml": "services: {s: {image: x, ports: ['$P:$P']}}\n"],
            environment: ["P": "080"],
            .read(["s 80:80/tcp"])),
    ]
}
