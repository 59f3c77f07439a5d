import Foundation
import PortrunBase
import PortrunLaunch
import Testing

/// What the release workflow does by scripts of this repository.
@Suite(.timeLimit(.minutes(30)))
struct ReleaseFilesTests {
    private static let judge = Checkout.root + "/.build/judges/bin/check-jsonschema"
    let project: Project

    init() throws { project = try Project() }

    private func script(_ words: String...) throws -> Outcome {
        try project.scratch.run(
            ["\(Checkout.root)/scripts/\(words[0])"] + words.dropFirst(),
            environment: project.scratch.environment.filter { !$0.hasPrefix("PATH=") }
                + ["PATH=\(ProcessInfo.processInfo.environment["PATH"] ?? "")"])
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: judge), "scripts/servers.sh installs its judge"))
    func workflowsAreValid() throws {
        let folder = Checkout.root + "/.github/workflows"
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).map { folder + "/" + $0 }
        #expect(files.count == 2)
        let outcome = try project.scratch.run([Self.judge, "--builtin-schema", "vendor.github-workflows"] + files)
        #expect(outcome.ending == .exited(0), "\(outcome)")
    }

    /// A tag of an action can be moved to anything; a commit cannot.
    @Test(arguments: ["ci.yml", "release.yml"])
    func actionsAreNamedByTheirCommits(_ name: String) throws {
        let uses = try Checkout.text(".github/workflows/" + name).split(separator: "\n").filter {
            $0.contains("uses: ")
        }
        #expect(!uses.isEmpty)
        let isFixed = /.*uses: (?:[\w-]+\/[\w-]+@[0-9a-f]{40} # v[0-9.]+|\.\/\.github\/workflows\/ci\.yml)/
        for line in uses { #expect(line.wholeMatch(of: isFixed) != nil, "\(line)") }
    }

    /// What is published was tested, built twice alike and attested; and no job may do more than it does.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: judge), "scripts/servers.sh installs its judge"))
    func nothingIsPublishedUntested() throws {
        let script = """
            import ruamel.yaml
            jobs = ruamel.yaml.YAML(typ="safe").load(open("\(Checkout.root)/.github/workflows/release.yml"))["jobs"]
            def before(job):
                needs = jobs[job].get("needs", [])
                needs = [needs] if isinstance(needs, str) else needs
                return {job}.union(*map(before, needs))
            print(*sorted(before("publish")))
            for name, job in jobs.items():
                may = {what for what, how in job.get("permissions", {}).items() if how == "write"}
                if may:
                    print(name, *sorted(may))
            runs = [step.get("run", "") for step in jobs["version"]["steps"]]
            print(*(run for run in runs if run), sep="\\n")
            """
        let outcome = try project.scratch.run([Path.parent(Self.judge) + "/python", "-c", script])
        #expect(
            outcome
                == .printed(
                    """
                    attest build publish reproducible test version
                    attest attestations id-token
                    publish contents
                    scripts/release-version.sh "$GITHUB_REF_NAME"
                    git merge-base --is-ancestor HEAD origin/main

                    """))
    }

    @Test func aTagNamesTheVersion() throws {
        let version = try script("version.sh").output.filter { $0 != "\n" }
        #expect(try project.run("--version").output.split(separator: " ").first?.filter { $0 != "\n" } == version)
        #expect(try script("release-version.sh", "v\(version)") == .printed(""))
        #expect(try script("release-version.sh", "v99.0.0").errors.contains("the sources are of version \(version)"))
    }

    static let platforms = ["linux-aarch64", "linux-x86_64", "macos-aarch64", "macos-x86_64"]

    /// Sums, formula and notes are those of the files.
    @Test func allIsReadyToBePublished() throws {
        let folder = project.scratch.project
        for platform in Self.platforms { try project.scratch.write(platform, to: "portrun-\(platform).tar.gz") }
        try project.scratch.write("deb", to: "portrun_1_amd64.deb")
        try project.scratch.write("rpm", to: "portrun-1.x86_64.rpm")
        #expect(try script("publish-files.sh", folder) == .printed(""))
        let check = "(sha256sum -c --quiet SHA256SUMS 2>/dev/null || shasum -a 256 -c SHA256SUMS >/dev/null) && echo ok"
        #expect(try project.scratch.shell(check) == .printed("ok\n"))
        #expect(try project.scratch.read("SHA256SUMS").split(separator: "\n").count == 7)
        let formula = try project.scratch.read("portrun.rb")
        for platform in Self.platforms {
            let sum = try #require(
                try project.scratch.read("SHA256SUMS").split(separator: "\n").first {
                    $0.hasSuffix("\(platform).tar.gz")
                }
            ).prefix(64)
            #expect(formula.contains("portrun-\(platform).tar.gz\"\n      sha256 \"\(sum)\""))
        }
        #expect(try project.scratch.read("install.sh") == Checkout.text("scripts/install-release.sh"))
        let notes = try project.scratch.read("NOTES.md")
        #expect(notes.contains("### Added") && !notes.contains("\n## "))
        // A link leads somewhere from the page of the release, too.
        let version = try script("version.sh").output.filter { $0 != "\n" }
        #expect(
            notes.contains("](https://github.com/portrun/portrun/blob/v\(version)/docs/") && !notes.contains("](docs/"))
    }

    @Test func aPlatformThatIsMissingIsNoRelease() throws {
        for platform in Self.platforms.dropLast() {
            try project.scratch.write(platform, to: "portrun-\(platform).tar.gz")
        }
        try project.scratch.write("deb", to: "portrun_1_amd64.deb")
        try project.scratch.write("rpm", to: "portrun-1.x86_64.rpm")
        let outcome = try script("publish-files.sh", project.scratch.project)
        #expect(outcome.ending == .exited(1) && outcome.errors.contains("lacks its sum"), "\(outcome)")
    }

    @Test(.enabled(if: Program.find("ruby") != nil, "ruby is not installed"))
    func theFormulaIsRuby() throws {
        let outcome = try project.scratch.shell("ruby -c '\(Checkout.root)/packaging/homebrew/portrun.rb'")
        #expect(outcome == .printed("Syntax OK\n"))
    }

    /// The test of the formula, with ruby in the place of brew: both do what its `test do` does.
    @Test(.enabled(if: Program.find("ruby") != nil, "ruby is not installed"))
    func theFormulasTestPasses() throws {
        let brew = """
            require "tmpdir"
            class Formula
              def self.method_missing(name, *arguments) yield if block_given? && name.to_s.start_with?("on_") end
              def self.test(&block) @@test = block end
              def self.run(bin) new(bin).instance_eval(&@@test) end
              def initialize(bin) @bin, @testpath = bin, Dir.mktmpdir end
              attr_reader :bin, :testpath
              def shell_output(command) = `#{command}`
              def assert_equal(one, other) one == other or abort "#{one.inspect} is not #{other.inspect}" end
              def assert_operator(one, operator, other) one.send(operator, other) or abort "#{one} #{operator} #{other}" end
            end
            load ARGV[0]
            Dir.chdir(Dir.mktmpdir)
            Portrun.run(ARGV[1])
            puts "passed"
            """
        try project.scratch.write(brew, to: "brew.rb")
        let formula = Checkout.root + "/packaging/homebrew/portrun.rb"
        let outcome = try project.scratch.run([
            "/usr/bin/env", "ruby", "brew.rb", formula, Path.parent(Program.portrun),
        ])
        #expect(outcome == .printed("passed\n"))
    }

    /// Where nothing has been built, that is said, and no file is left that says nothing.
    @Test func aCloneThatWasNeverBuiltHasNoRelease() throws {
        let build = """
            mkdir -p scripts .build/archive && cp '\(Checkout.root)'/scripts/{collect-release.sh,bill.py,version.sh} scripts/
            echo x >.build/archive/portrun-linux-x86_64.tar.gz
            """
        try #require(try project.scratch.run(["/bin/bash", "-c", build]) == .printed(""))
        let outcome = try project.scratch.run(["/bin/bash", "scripts/collect-release.sh"])
        #expect(
            outcome
                == .failed(1, "collect-release: error: nothing has been built here: there is no Package.resolved\n"))
        #expect(try project.scratch.shell("ls .build") == .printed("archive\n"))
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: Checkout.root + "/Package.resolved"), "not resolved"))
    func aBillNamesWhatIsInside() throws {
        try project.scratch.write("x", to: "portrun-linux-x86_64.tar.gz")
        // It reads Package.resolved of the working directory.
        let outcome = try project.scratch.shell(
            "file=$PWD/portrun-linux-x86_64.tar.gz; cd '\(Checkout.root)' && scripts/bill.py \"$file\"")
        let bill = try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any], "\(outcome)")
        #expect(bill["spdxVersion"] as? String == "SPDX-2.3")
        let names = (bill["packages"] as? [[String: Any]])?.compactMap { $0["name"] as? String } ?? []
        #expect(names.first == "portrun")
        for name in ["swift-argument-parser", "sqlite3", "yaml-0.1"] { #expect(names.contains(name)) }
    }
}
