import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

/// Command lines of docker and its kin, and what they name.
struct DockerCommandTests {
    /// The names with their kinds, `+` before one that is given.
    private static func names(_ command: DockerCommand?) -> String? {
        command.map { command in
            command.names.map { "\($0.isGiven ? "+" : "")\($0.kind.rawValue) \($0.text)" }.joined(separator: ", ")
        }
    }

    @Test(arguments: [
        ("docker exec -it db psql -U me -c 'x'", "container db"),
        ("docker exec -e A=b --user=me -w /w db env -u x", "container db"),
        ("docker container exec db ls", "container db"),
        ("docker --context x -H unix:///y exec db ls", "container db"),
        ("/usr/bin/docker stop -t 5 a b", "container a, container b"),
        ("docker rm a -f -v b", "container a, container b"),
        ("docker rm -- -a", "container -a"),
        ("docker stop --timeout=5 -s TERM a", "container a"),
        ("docker kill -sINT a", "container a"),
        ("docker logs --tail 5 -f a", "container a"),
        ("docker logs -n 5 a", "container a"),
        ("podman logs -n a", "container a"),
        ("podman --url x --log-level debug stop -t 5 a", "container a"),
        ("nerdctl -n x stop a", "container a"),
        ("docker top a -o pid", "container a"),
        ("docker port a 80/tcp", "container a"),
        ("docker commit -m text -p a image:tag", "container a, +image image:tag"), ("docker commit a", "container a"),
        ("docker tag a:b c/d:e", "image a:b, +image c/d:e"), ("docker image tag a b", "image a, +image b"),
        ("podman tag a b c", "image a, +image b, +image c"), ("docker import -m text x.tar a:b", "+image a:b"),
        ("podman untag a b", "image a, image b"), ("podman image untag a", "image a"),
        ("podman image exists a", "image a"),
        ("docker pull -q --platform linux/arm64 a:b", "image a:b"), ("podman image pull --policy newer a", "image a"),
        ("podman pull docker://a/b oci:x docker-archive:/x.tar", "image a/b"),
        ("podman commit -q c oci-archive:/x.tar", "container c"), ("podman commit c dir:x", "container c"),
        ("podman commit c oci:x:y", "container c"), ("docker commit c oci-archive:x.tar", "container c"),
        ("docker commit c oci:dev", "container c, +image oci:dev"), ("docker commit c oci:/x", "container c"),
        ("podman commit c docker-daemon:a:b", "container c, +image a:b"),
        ("podman push a containers-storage:b", "image a, image b"),
        ("docker image import --change 'CMD x' - a", "+image a"),
        ("docker update --memory 1g --restart always a", "container a"),
        ("docker rename a b", "container a, +container b"),
        ("docker wait a b", "container a, container b"),
        ("docker attach --detach-keys ctrl-x a", "container a"),
        ("docker cp a:/x y", "container a"),
        ("docker cp -a y a:/x", "container a"),
        ("docker cp - a:/x", "container a"),
        ("docker inspect -f '{{.Id}}' a", "any a"),
        ("docker ps -q --filter name=a", "container a"),
        ("docker ps -qf name=^/a$", "container a"),
        ("docker container ls -a -f name=^a$ --format x", "container a"),
        ("docker ps -f label=com.docker.compose.project=shop -f status=running", "project shop"),
        ("docker volume ls -qf name=^a$", "volume a"), ("docker network ls --filter name=a -q", "network a"),
        ("podman volume list --filter label=com.docker.compose.project=shop", "project shop"),
        ("docker volume rm -f a b", "volume a, volume b"),
        ("docker volume create --driver local a", "+volume a"),
        ("docker network create -d bridge --internal a", "+network a"),
        ("docker network connect --alias x --link c:d net a", "container c, network net, container a"),
        ("docker rmi -f a:b", "image a:b"),
        ("docker build -t a:b --build-arg X=y -f Dockerfile .", "+image a:b"),
        ("docker buildx build --load -t a .", "+image a"),
        ("docker buildx build -o type=image -t a .", "+image a"),
        ("docker run --use-api-socket --name a x", "+container a, image x"),
        ("docker run --rm --name a -v data:/data -v /x:/y:ro img sh -c 'x'", "+container a, volume data, image img"),
        ("docker run -ditp 5432:5432 --name=a img", "+container a, image img"),
        (
            "docker run --network net --volumes-from a:ro --link b img --name c",
            "network net, container a, container b, image img"
        ),
        ("docker run --net=container:a --pid container:b --ipc host img", "container a, container b, image img"),
        (
            "docker run --mount type=volume,source=v,target=/x,readonly --mount type=bind,src=/a,dst=/b img",
            "volume v, image img"
        ),
        ("docker run --network name=net,alias=x img", "network net, image img"),
        ("docker create --name a img", "+container a, image img"),
        ("podman run -d --replace --name a img", "+container a, image img"),
        ("docker checkpoint create --checkpoint-dir /x --leave-running a one", "container a"),
        ("docker checkpoint ls a", "container a"), ("docker checkpoint rm a one", "container a"),
        ("docker debug --shell bash a", "any a"), ("docker debug -c 'ls' a", "any a"),
        ("docker container export -o x.tar a", "container a"), ("docker container diff a", "container a"),
        ("docker container commit a i", "container a, +image i"),
        ("docker container rename a b", "container a, +container b"),
        ("docker container port a", "container a"), ("docker container stats a", "container a"),
        ("docker container cp a:/x y", "container a"), ("docker container attach a", "container a"),
        ("docker system events --filter container=a", "container a"),
        ("docker volume update --availability x a", "volume a"),
        ("podman container checkpoint -e x.tar a", "container a"), ("podman container restore a", "container a"),
        ("podman container clone --run a b", "container a, +container b"), ("podman mount a", "container a"),
        ("podman container exists a", "container a"), ("podman healthcheck run a", "container a"),
        ("podman volume export -o x a", "volume a"), ("podman network exists a", "network a"),
    ])
    func findsTheNames(_ line: String, _ names: String) {
        #expect(Self.names(DockerCommand(Self.words(line))) == names)
    }

    @Test(arguments: [
        "docker", "docker images", "docker version", "docker info", "docker search x",
        "docker login -u x", "docker compose up", "docker compose exec db ls", "docker prune", "docker exec",
        "docker builder prune", "docker volume", "docker build .", "docker build --push -t a .",
        "docker buildx build -t a -o type=image,push=true .", "docker build -t a --output type=registry .",
        "docker cp a b",
        "docker-compose up", "podman-compose stop", "kubectl exec a", "make docker exec a", "docker stack rm a",
        "docker context rm a", "docker init", "docker import x.tar", "docker system df", "docker checkpoint prune a",
        "docker healthcheck x",
    ])
    func leavesTheRestAlone(_ line: String) { #expect(DockerCommand(Self.words(line)) == nil) }

    @Test(arguments: [
        ("-p 5432:5432", "5432 5432 tcp -"), ("-dp 5432:5432", "5432 5432 tcp -"), ("-dp5432:5432", "5432 5432 tcp -"),
        ("-itp=5432:5432", "5432 5432 tcp -"), ("--publish=127.0.0.1:53:53/udp", "53 53 udp 127.0.0.1"),
        ("-p [::1]:80:8080", "80 8080 tcp ::1"), ("-p 8000-8001:80-81", "8000 80 tcp -, 8001 81 tcp -"),
        ("-p 8000-8009:80", "8000-8009 80 tcp -"), ("-p 80", "any 80 tcp -"),
        ("-p 127.0.0.1::80", "any 80 tcp 127.0.0.1"),
        ("-p published=8080,target=80,protocol=udp", "8080 80 udp -"), ("-p 1:1 -p 2:2", "1 1 tcp -, 2 2 tcp -"),
        ("-p x:y", ""), ("-P", ""), ("--publish-all", ""), ("-v x:/y -h 5432:5432", ""),
    ])
    func findsThePorts(_ flags: String, _ ports: String) throws {
        let command = try #require(DockerCommand(Self.words("docker run \(flags) --name a postgres:16 -p 9:9")))
        let found = command.ports(of: "a").map { port in
            "\(port.published.text ?? "any") \(port.target) \(port.protocolName) \(port.hostIP ?? "-")"
        }
        #expect(found.joined(separator: ", ") == ports)
        #expect(command.ports(of: "a").allSatisfy { $0.kind == .postgres })
    }

    @Test(arguments: [
        ("-p 1:1 --name db x", "db"), ("-p 1:1 localhost:5000/shop/api:dev", "api"), ("-p 1:1 redis@sha256:0", "redis"),
    ])
    func booksUnderTheNameOrTheImage(_ words: String, _ service: String) {
        #expect(DockerCommand(Self.words("docker run " + words))?.service == service)
    }

    @Test(arguments: [
        ("docker run -dp 5432:5432 -p 80 x", "docker run -dp 7000:5432 -p 7001:80 x"),
        ("docker run --publish=127.0.0.1:53:53/udp x", "docker run --publish=127.0.0.1:7000:53/udp x"),
        ("docker run -p [::1]::80 x", "docker run -p [::1]:7000:80 x"),
        ("docker run -p published=8080,target=80 x", "docker run -p published=7000,target=80 x"),
        ("docker run -p 8000-8001:80-81 -p 9:9 x", "docker run -p 7000-7001:80-81 -p 7002:9 x"),
        ("docker run -p x:y -p 9:9 x", "docker run -p x:y -p 7000:9 x"),
    ])
    func publishesWhatIsBooked(_ line: String, _ expected: String) throws {
        let command = try #require(DockerCommand(Self.words(line)))
        var arguments = Self.words(line).map { Array($0.utf8) }
        let booked = command.ports(of: "x").indices.map { PortRange("\(7000 + $0)") }
        command.publish(booked, in: &arguments)
        #expect(Self.line(arguments) == expected)
    }

    @Test func publishesABlockForARangeToChooseFrom() throws {
        let words = ["docker", "run", "-p", "8000-8009:80", "x"]
        var arguments = words.map { Array($0.utf8) }
        try #require(DockerCommand(words)).publish([PortRange("7000-7009")], in: &arguments)
        #expect(Self.line(arguments) == "docker run -p 7000-7009:80 x")
    }

    @Test(arguments: [
        ("docker exec db ls db", "docker exec p-db ls db"), ("docker cp a:/db db:/a", "docker cp p-a:/db p-db:/a"),
        ("docker ps -qf name=^/db$", "docker ps -qf name=^/p-db$"), ("docker rename db b", "docker rename p-db p-b"),
        ("docker volume ls -qf name=^data$", "docker volume ls -qf name=^p_data$"),
        ("docker network ls --filter=name=net", "docker network ls --filter=name=p_net"),
        ("docker run --name=db x", "docker run --name=p-db x"),
        ("docker run --link db x", "docker run --link p-db:db x"),
        ("docker run --link db:d x", "docker run --link p-db:d x"),
        ("docker run -v data:/data:z x", "docker run -v p_data:/data:z x"),
        ("docker run --mount src=data,dst=/d x", "docker run --mount src=p_data,dst=/d x"),
        ("docker network rm net", "docker network rm p_net"), ("docker build -t a:b .", "docker build -t a:b-p ."),
        ("docker run --name db --network net x y", "docker run --name p-db --network p_net --network-alias db x y"),
        ("docker run --network container:db x", "docker run --network container:p-db x"),
        (
            "docker ps -f label=com.docker.compose.service=a -f publish=80/tcp -q",
            "docker ps -f label=com.docker.compose.service=a --filter label=com.docker.compose.project=p "
                + "-f publish=80/tcp --filter label=com.docker.compose.project=p -q"
        ),
        (
            "docker ps -f expose=80 -f label=com.docker.compose.project=b",
            "docker ps -f expose=80 -f label=com.docker.compose.project=b"
        ),
    ])
    func namesWhatTheCheckoutHas(_ line: String, _ expected: String) throws {
        let command = try #require(DockerCommand(Self.words(line)))
        var arguments = Self.words(line).map { Array($0.utf8) }
        let changes = command.names.map { name -> OwnName? in
            switch name.kind {
            case .container, .any: .given(name.text)
            case .volume, .network: .entry(name.text)
            case .image: name.isGiven ? .image(name.text) : nil
            case .service, .published, .exposed: .ofProject(ending: "")
            case .project: nil
            }
        }
        command.rename(changes, for: "p", in: &arguments)
        #expect(Self.line(arguments) == expected)
    }

    @Test func leavesBytesThatAreNoTextAlone() throws {
        let path: [UInt8] = Array("db:/".utf8) + [0xFF]
        let arguments = [Array("docker".utf8), Array("cp".utf8), path, Array("x".utf8)]
        let command = try #require(DockerCommand(arguments.map { String(decoding: $0, as: UTF8.self) }))
        var changed = arguments
        command.rename([.given("db")], for: "p", in: &changed)
        #expect(changed[2] == Array("p-db:/".utf8) + [0xFF])
    }

    private static func words(_ line: String) -> [String] {
        var words: [String] = []
        for (index, part) in line.split(separator: "'", omittingEmptySubsequences: false).enumerated() {
            words += index % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
        }
        return words
    }

    private static func line(_ arguments: [[UInt8]]) -> String {
        arguments.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }
}
