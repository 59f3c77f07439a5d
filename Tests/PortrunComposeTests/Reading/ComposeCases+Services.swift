extension ComposeCase {
    /// Profiles, and what services refer to, by `docker compose config` 2.26.1.
    static let services: [ComposeCase] = [
        .init(
            "no networks and a mode",
            ["compose.yaml": "services: {s: {image: x, networks: [], network_mode: host}}\n"],
            .read([], services: ["s"])),
        .init(
            "depends on itself",
            ["compose.yaml": "services: {s: {image: x, depends_on: [s]}}\n"],
            .refused),
        .init(
            "depends in a circle",
            ["compose.yaml": "services: {a: {image: x, network_mode: 'service:b'}, b: {image: x, links: [a]}}\n"],
            .refused),
        .init(
            "depends on itself, inactive",
            ["compose.yaml": "services: {s: {image: x, profiles: [p], depends_on: [s]}}\n"],
            .read([])),
        .init(
            "undefined volume",
            ["compose.yaml": "services: {s: {image: x, volumes: ['vv:/x']}}\n"],
            .refused),
        .init(
            "undefined volume long",
            ["compose.yaml": "services: {s: {image: x, volumes: [{type: volume, source: v, target: /x}]}}\n"],
            .refused),
        .init(
            "volumes that are none",
            ["compose.yaml": "services: {s: {image: x, volumes: ['./a:/a', '~/b:/b', 'c:/d', '/e', 'f']}}\n"],
            .read([], services: ["s"])),
        .init(
            "volumes list",
            ["compose.yaml": "services: {s: {image: x}}\nvolumes: [v]\n"],
            .refused),
        .init(
            "profiles dotenv",
            [
                "compose.yaml": "services: {s: {image: x, profiles: [p], ports: ['1:1']}}\n",
                ".env": "COMPOSE_PROFILES=p\n",
            ],
            .read(["s 1:1/tcp"])),
        .init(
            "profiles tab",
            ["compose.yaml": "services: {s: {image: x, profiles: [p], ports: ['1:1']}}\n"],
            environment: ["COMPOSE_PROFILES": "q,\tp "],
            .read(["s 1:1/tcp"])),
        .init(
            "profiles flag comma",
            ["compose.yaml": "services: {s: {image: x, profiles: [p], ports: ['1:1']}}\n"],
            arguments: ["--profile", "p,q"],
            .read([])),
        .init(
            "profiles flag empty",
            ["compose.yaml": "services: {s: {image: x, profiles: [p], ports: ['1:1']}}\n"],
            arguments: ["--profile", ""],
            environment: ["COMPOSE_PROFILES": "p"],
            .read([])),
        .init(
            "profiles empty name",
            ["compose.yaml": "services: {s: {image: x, profiles: [''], ports: ['1:1']}}\n"],
            .read(["s 1:1/tcp"])),
        .init(
            "profiles string",
            ["compose.yaml": "services: {s: {image: x, profiles: p, ports: ['1:1']}}\n"],
            .refused),
        .init(
            "profiles merged",
            [
                "a.yaml": "services: {s: {image: x, profiles: [p], ports: ['1:1']}}\n",
                "b.yaml": "services: {s: {profiles: [q]}}\n",
            ],
            arguments: ["-f", "a.yaml", "-f", "b.yaml", "--profile", "q"],
            .read(["s 1:1/tcp"])),
        .init(
            "profiles interp",
            ["compose.yaml": "services: {s: {image: x, profiles: ['${PR:-p}'], ports: ['1:1']}}\n"],
            arguments: ["--profile", "p"],
            .read(["s 1:1/tcp"])),
        .init(
            "inactive no image",
            ["compose.yaml": "services: {s: {image: x}, t: {profiles: [p], ports: ['1:1']}}\n"],
            .read([], services: ["s"])),
        .init(
            "inactive bad port",
            ["compose.yaml": "services: {s: {image: x}, r: {image: y, profiles: [p], ports: ['a:1']}}\n"],
            .refused),
        .init(
            "inactive bad interp",
            [
                "compose.yaml":
                    "services: {s: {image: x}, r: {image: y, profiles: [p], command: '${Q:?}'}}\n"
            ],
            .refused),
        .init(
            "depends map not required",
            [
                "compose.yaml":
                    "services: {s: {image: x, depends_on: {b: {condition: service_started, required: false}}}, b: {image: y, profiles: [p]}}\n"
            ],
            .read([], services: ["s"])),
        .init(
            "depends map required",
            [
                "compose.yaml":
                    "services: {s: {image: x, depends_on: {b: {condition: service_started}}}, b: {image: y, profiles: [p]}}\n"
            ],
            .refused),
        .init(
            "depends missing not required",
            [
                "compose.yaml":
                    "services: {s: {image: x, depends_on: {b: {condition: service_started, required: false}}}}\n"
            ],
            .refused),
        .init(
            "network_mode service missing",
            ["compose.yaml": "services: {s: {image: x, network_mode: 'service:b'}}\n"],
            .refused),
        .init(
            "links missing",
            ["compose.yaml": "services: {s: {image: x, links: [b]}}\n"],
            .refused),
        .init(
            "volumes_from missing",
            ["compose.yaml": "services: {s: {image: x, volumes_from: [b]}}\n"],
            .refused),
        .init(
            "network undefined",
            ["compose.yaml": "services: {s: {image: x, networks: [n]}}\n"],
            .refused),
        .init(
            "volume undefined",
            ["compose.yaml": "services: {s: {image: x, volumes: ['v:/v']}}\n"],
            .read([], services: ["s"])),
        .init(
            "secret undefined",
            ["compose.yaml": "services: {s: {image: x, secrets: [v]}}\n"],
            .refused),
        .init(
            "config undefined",
            ["compose.yaml": "services: {s: {image: x, configs: [v]}}\n"],
            .refused),
        .init(
            "network and mode",
            [
                "compose.yaml":
                    "services: {s: {image: x, network_mode: host, networks: [n]}}\nnetworks: {n: }\n"
            ],
            .refused),
        .init(
            "host with ports",
            ["compose.yaml": "services: {s: {image: x, network_mode: host, ports: ['1:1']}}\n"],
            .read(["s 1:1/tcp"])),
        .init(
            "env_file missing",
            ["compose.yaml": "services: {s: {image: x, env_file: nope.env}}\n"],
            .refused),
        .init(
            "env_file missing list",
            ["compose.yaml": "services: {s: {image: x, env_file: [nope.env]}}\n"],
            .refused),
        .init(
            "env_file missing optional",
            ["compose.yaml": "services: {s: {image: x, env_file: [{path: nope.env, required: false}]}}\n"],
            .read([], services: ["s"])),
        .init(
            "env_file missing inactive",
            [
                "compose.yaml":
                    "services: {s: {image: x}, r: {image: y, profiles: [p], env_file: nope.env}}\n"
            ],
            .read([], services: ["s"])),
        .init(
            "x service key",
            ["compose.yaml": "services: {s: {image: x, x-foo: 1}}\n"],
            .read([], services: ["s"])),
        .init(
            "x service",
            ["compose.yaml": "services: {s: {image: x}, x-t: {image: y, ports: ['2:2']}}\n"],
            .read(["x-t 2:2/tcp"], services: ["s", "x-t"])),
        .init(
            "x- top bad port",
            ["compose.yaml": "x-p: {ports: ['${Z:?no}']}\nservices: {s: {image: x}}\n"],
            .refused),
        .init(
            "image int",
            ["compose.yaml": "services: {s: {image: 1}}\n"],
            .refused),
        .init(
            "image null",
            ["compose.yaml": "services: {s: {image: }}\n"],
            .refused),
        .init(
            "image empty",
            ["compose.yaml": "services: {s: {image: ''}}\n"],
            .refused),
        .init(
            "replicas string",
            ["compose.yaml": "services: {s: {image: x, deploy: {replicas: '2'}, container_name: c}}\n"],
            .refused),
        .init(
            "replicas with name",
            ["compose.yaml": "services: {s: {image: x, deploy: {replicas: 2}, container_name: c}}\n"],
            .refused),
        .init(
            "container name dup",
            [
                "compose.yaml":
                    "services: {s: {image: x, container_name: c}, r: {image: y, container_name: c}}\n"
            ],
            .read([], services: ["r", "s"])),
    ]
}
