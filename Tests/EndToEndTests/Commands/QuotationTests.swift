import PortrunBase
import Testing

/// A project may call any file of the machine its env file, and any variable what it needs: no message says what they hold.
@Suite(.timeLimit(.minutes(30)))
struct QuotationTests {
    private static let secrets = [
        "root:$6$abcdefgh$ijklmnop:19000:0:99999:7:::\ndaemon:*:19000:0:99999:7:::\n",
        "-----BEGIN OPENSSH PRIVATE KEY-----\nabcdefgh\nijklmnop\n-----END OPENSSH PRIVATE KEY-----\n",
        "\"abcdefgh ijklmnop\n", "A=\"abcdefgh ijklmnop\n", "abcdefgh ijklmnop=1\n", "A=${abcdefgh ijklmnop\n",
        "A=${B?abcdefgh ijklmnop}\n", "abcdefgh+ijklmnop=1\n", "=abcdefgh ijklmnop\n", "{\"abcdefgh\": \"ijklmnop\"}\n",
    ]

    @Test(arguments: secrets, ["env_file", ".env", "--env-file", "COMPOSE_ENV_FILES"])
    func aFileThatIsNoEnvFileIsNotQuoted(_ content: String, _ place: String) throws {
        let scratch = try Scratch()
        try scratch.write(content, to: "../secret")
        let file = place == "env_file" ? "env_file: ../secret, " : ""
        try scratch.write("services: {a: {image: x, \(file)ports: ['7000:1']}}\n", to: "compose.yaml")
        if place == ".env" { symlink("../secret", scratch.project + "/.env") }
        let flags = place == "--env-file" ? ["--env-file", "../secret"] : []
        let variables = place == "COMPOSE_ENV_FILES" ? ["COMPOSE_ENV_FILES=../secret"] : []
        for words in [
            ["discover"], ["explain"], ["export"], ["--", "true"], ["run", "-v", "--", "true"],
            ["run", "-v"] + flags + ["--", "true"],
            ["explain", "--", "docker", "compose"] + flags + ["config"],
        ] {
            let outcome = try scratch.run([Program.portrun] + words, environment: variables + scratch.environment)
            for part in ["abcdefgh", "ijklmnop"] {
                #expect(!outcome.errors.contains(part), "\(words): \(outcome)")
                #expect(!outcome.output.contains(part), "\(words): \(outcome)")
            }
        }
    }

    @Test(arguments: [
        "${P?$SECRET}", "${P:?need ${SECRET:-x}}", "${SECRET}:80", "${SECRET}", "127.0.0.1:${SECRET}:80",
        "80:80/${SECRET}",
        "${SECRET:+$SECRET}:80",
    ])
    func aValueIsNotQuoted(_ port: String) throws {
        let scratch = try Scratch()
        try scratch.write("services: {a: {image: x, ports: ['\(port)']}}\n", to: "compose.yaml")
        for words in [["discover"], ["export"], ["--", "true"]] {
            let outcome = try scratch.run(
                [Program.portrun] + words, environment: ["SECRET=abcdefgh"] + scratch.environment)
            #expect(outcome.errors.contains("compose.yaml:1: "), "\(words): \(outcome)")
            #expect(!outcome.errors.contains("abcdefgh"), "\(words): \(outcome)")
        }
    }
}
