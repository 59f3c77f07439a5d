extension ComposeCase {
    /// `!reset` beside merge keys and aliases, and names that come to nothing.
    static let reset: [ComposeCase] = [
        .init(
            "reset beside a merge key",
            [
                "compose.yaml":
                    "x-a: &a {ports: ['1:1']}\nservices:\n  s: {image: x, <<: *a, ports: !reset []}\n"
            ],
            .read(["s 1:1/tcp"])),
        .init(
            "reset before a merge key",
            [
                "compose.yaml":
                    "x-a: &a {ports: ['1:1']}\nservices:\n  s: {image: x, ports: !reset [], <<: *a}\n"
            ],
            .read(["s 1:1/tcp"])),
        .init(
            "reset with a value beside a merge key",
            [
                "compose.yaml":
                    "x-a: &a {ports: ['1:1']}\nservices:\n  s:\n    image: x\n    <<: *a\n    ports: !reset ['2:2']\n"
            ],
            .read(["s 1:1/tcp"])),
        .init(
            "reset beside a merge key drops earlier ports alone",
            [
                "compose.yaml":
                    "services: {s: {image: x, ports: ['3:3']}}\n",
                "compose.override.yaml":
                    "x-a: &a {ports: ['1:1']}\nservices:\n  s: {<<: *a, ports: !reset []}\n",
            ],
            .read(["s 1:1/tcp"])),
        .init(
            "merge of what is reset",
            [
                "compose.yaml":
                    "services: {s: {image: x, ports: ['3:3']}}\n",
                "compose.override.yaml":
                    "x-a: &a {ports: !reset ['1:1']}\nservices:\n  s: {<<: *a}\n",
            ],
            .read(["s 3:3/tcp"])),
        .init(
            "merge of what is reset under own ports",
            [
                "compose.yaml":
                    "services: {s: {image: x, ports: ['3:3']}}\n",
                "compose.override.yaml":
                    "x-a: &a {ports: !reset ['1:1']}\nservices:\n  s: {<<: *a, ports: ['4:4']}\n",
            ],
            .read(["s 3:3/tcp", "s 4:4/tcp"])),
        .init(
            "reset beside merges of several",
            [
                "compose.yaml":
                    "x-a: &a {ports: ['1:1']}\nx-b: &b {ports: ['2:2']}\nservices:\n  s: {image: x, <<: [*a, *b], ports: !reset []}\n"
            ],
            .read(["s 1:1/tcp"])),
        .init(
            "reset in a merge of a service",
            [
                "compose.yaml":
                    "services:\n  b: &b {image: x, ports: ['1:1']}\n  s: {<<: *b, ports: !reset []}\n"
            ],
            .read(["b 1:1/tcp", "s 1:1/tcp"])),
        .init(
            "reset beside merge and extends",
            [
                "compose.yaml":
                    "x-a: &a {ports: ['2:2']}\nservices:\n  b: {image: x, ports: ['1:1']}\n  s: {extends: b, <<: *a, ports: !reset []}\n"
            ],
            .read(["b 1:1/tcp", "s 2:2/tcp"])),
        .init(
            "reset where a merge brings extends",
            [
                "compose.yaml":
                    "x-a: &a {extends: {service: b}, ports: ['2:2']}\nservices:\n  b: {image: x, ports: ['1:1']}\n  s: {<<: *a, ports: !reset []}\n"
            ],
            .read(["b 1:1/tcp", "s 2:2/tcp"])),
        .init(
            "merge of a reset mapping",
            [
                "compose.yaml":
                    "x-a: &a !reset {ports: ['1:1']}\nservices:\n  s: {image: x, <<: *a}\n"
            ],
            .read([], services: ["s"])),
        .init(
            "merge of a mapping with reset and merge",
            [
                "compose.yaml":
                    "x-a: &a {ports: ['1:1']}\nx-b: &b {<<: *a, ports: !reset []}\nservices:\n  s: {image: x, <<: *b}\n"
            ],
            .read(["s 1:1/tcp"])),
        .init(
            "reset beside a merge key in an entry",
            [
                "compose.yaml":
                    "x-a: &a {target: 80, published: '81'}\nservices:\n  s: {image: x, ports: [{<<: *a, published: !reset 1}]}\n"
            ],
            .read(["s 81:80/tcp"])),
        .init(
            "reset beside a merge key in a second document",
            [
                "compose.yaml":
                    "services: {s: {image: x, ports: ['1:1']}}\n---\nx-a: &a {ports: ['9:9']}\nservices: {s: {<<: *a, ports: !reset []}}\n"
            ],
            .read(["s 9:9/tcp"])),
        .init(
            "reset of another key beside a merge",
            [
                "compose.yaml":
                    "services: {s: {image: x, environment: {A: b}, ports: ['3:3']}}\n",
                "compose.override.yaml":
                    "x-a: &a {environment: {A: c}, ports: ['1:1']}\nservices:\n  s: {<<: *a, environment: !reset {}}\n",
            ],
            .read(["s 1:1/tcp", "s 3:3/tcp"])),
        .init(
            "reset in an entry of a later file",
            [
                "compose.yaml":
                    "services: {s: {image: x, ports: [{target: 80, published: '81'}, '5:5']}}\n",
                "compose.override.yaml":
                    "services:\n  s: {ports: [{target: 90, published: !reset '1'}]}\n",
            ],
            .read(["s 5:5/tcp", "s 81:80/tcp", "s 90/tcp"])),
        .init(
            "reset entry of a later file",
            [
                "compose.yaml":
                    "services: {s: {image: x, ports: ['80:80', '5:5']}}\n",
                "compose.override.yaml":
                    "services:\n  s: {ports: [!reset '1', '7:7']}\n",
            ],
            .read(["s 5:5/tcp", "s 7:7/tcp", "s 80:80/tcp"])),
        .init(
            "reset before the same key",
            [
                "compose.yaml":
                    "services: {s: {image: x, ports: ['3:3']}}\n",
                "compose.override.yaml":
                    "services:\n  s: {ports: !reset [], ports: ['1:1']}\n",
            ],
            .read(["s 1:1/tcp"])),
        .init(
            "reset behind the same key",
            [
                "compose.yaml":
                    "services: {s: {image: x, ports: ['3:3']}}\n",
                "compose.override.yaml":
                    "services:\n  s: {ports: ['1:1'], ports: !reset []}\n",
            ],
            .read(["s 1:1/tcp"])),
        .init(
            "alias of a reset list",
            [
                "compose.yaml":
                    "services: {s: {image: x, ports: ['3:3']}}\n",
                "compose.override.yaml":
                    "x-p: &p !reset ['1:1']\nservices: {s: {ports: *p}}\n",
            ],
            .read([], services: ["s"])),
        .init(
            "alias of a mapping with reset",
            [
                "compose.yaml":
                    "services: {s: {image: x, ports: ['3:3']}}\n",
                "compose.override.yaml":
                    "x-p: &p {ports: !reset ['1:1'], image: z}\nservices: {s: *p}\n",
            ],
            .read(["s 3:3/tcp"])),
        .init(
            "alias of a service with reset",
            [
                "compose.yaml":
                    "services: {s: {image: x, ports: ['3:3']}, t: {image: y, ports: ['4:4']}}\n",
                "compose.override.yaml":
                    "services: {s: &p {ports: !reset ['1:1'], image: z}, t: *p}\n",
            ],
            .read(["t 4:4/tcp"], services: ["s", "t"])),
        .init(
            "merge of a service with reset",
            [
                "compose.yaml":
                    "services: {s: {image: x, ports: ['3:3']}, t: {image: y, ports: ['4:4']}}\n",
                "compose.override.yaml":
                    "services: {s: &p {ports: !reset ['1:1'], image: z}, t: {<<: *p}}\n",
            ],
            .read(["t 4:4/tcp"], services: ["s", "t"])),
        .init(
            "merge of a service with override",
            [
                "compose.yaml":
                    "services: {s: {image: x, ports: ['3:3']}, t: {image: y, ports: ['4:4']}}\n",
                "compose.override.yaml":
                    "services: {s: &p {ports: !override ['1:1'], image: z}, t: {<<: *p}}\n",
            ],
            .read(["s 1:1/tcp", "t 1:1/tcp"])),
        .init(
            "override beside a merge key",
            [
                "compose.yaml":
                    "services: {s: {image: x, ports: ['3:3']}}\n",
                "compose.override.yaml":
                    "x-a: &a {ports: ['1:1']}\nservices:\n  s: {<<: *a, ports: !override ['2:2']}\n",
            ],
            .read(["s 2:2/tcp"])),
        .init(
            "merge of what is overridden",
            [
                "compose.yaml":
                    "services: {s: {image: x, ports: ['3:3']}}\n",
                "compose.override.yaml":
                    "x-a: &a {ports: !override ['1:1']}\nservices:\n  s: {<<: *a}\n",
            ],
            .read(["s 1:1/tcp"])),
        .init(
            "empty name over a name",
            [
                "compose.yaml":
                    "name: first\nservices: {s: {image: x, ports: ['1:1']}}\n---\nname: ${UNSET}\n"
            ],
            .refused),
        .init(
            "empty name alone",
            [
                "compose.yaml":
                    "name: ${UNSET}\nservices: {s: {image: x, ports: ['1:1']}}\n"
            ],
            .refused),
        .init(
            "name over an empty name",
            [
                "compose.yaml":
                    "name: ${UNSET}\nservices: {s: {image: x, ports: ['1:1']}}\n---\nname: two\n"
            ],
            .read(["s 1:1/tcp"], name: "two")),
        .init(
            "empty name in a second document",
            [
                "compose.yaml":
                    "services: {s: {image: x, ports: ['1:1']}}\n---\nname: ${UNSET}\n"
            ],
            .read(["s 1:1/tcp"])),
        .init(
            "empty name in a second file",
            [
                "compose.yaml":
                    "services: {s: {image: x, ports: ['1:1']}}\n",
                "compose.override.yaml":
                    "name: ${UNSET}\n",
            ],
            .refused),
        .init(
            "invalid name in a second document",
            [
                "compose.yaml":
                    "services: {s: {image: x, ports: ['1:1']}}\n---\nname: '!!'\n"
            ],
            .read(["s 1:1/tcp"])),
        .init(
            "empty name in a third document",
            [
                "compose.yaml":
                    "services: {s: {image: x, ports: ['1:1']}}\n---\nname: y\n---\nname: ${UNSET}\n"
            ],
            .read(["s 1:1/tcp"])),
        .init(
            "empty name behind a document without",
            [
                "compose.yaml":
                    "services: {}\n---\nname: ${UNSET}\nservices: {s: {image: x, ports: ['1:1']}}\n"
            ],
            .read(["s 1:1/tcp"])),
        .init(
            "empty name in the second document of another file",
            [
                "compose.yaml":
                    "name: r\nservices: {s: {image: x, ports: ['1:1']}}\n",
                "compose.override.yaml":
                    "services: {}\n---\nname: ${UNSET}\n",
            ],
            .refused),
        .init(
            "empty name behind an empty text",
            [
                "compose.yaml":
                    "name: ''\nservices: {s: {image: x, ports: ['1:1']}}\n---\nname: ${UNSET}\n"
            ],
            .read(["s 1:1/tcp"])),
        .init(
            "invalid name over a name",
            [
                "compose.yaml":
                    "name: first\nservices: {s: {image: x, ports: ['1:1']}}\n---\nname: '!!'\n"
            ],
            .refused),
        .init(
            "empty name between names",
            [
                "compose.yaml":
                    "name: first\nservices: {s: {image: x, ports: ['1:1']}}\n---\nname: ${UNSET}\n---\nname: third\n"
            ],
            .read(["s 1:1/tcp"], name: "third")),
        .init(
            "reset name",
            [
                "compose.yaml":
                    "name: first\nservices: {s: {image: x, ports: ['1:1']}}\n---\nname: !reset x\n"
            ],
            .read(["s 1:1/tcp"], name: "x")),
    ]
}
