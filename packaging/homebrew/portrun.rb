# The release workflow fills in the version and the sums, and the tap gets the result.
class Portrun < Formula
  desc "Run a command on ports that nobody else on this machine has"
  homepage "https://github.com/portrun/portrun"
  version "@VERSION@"
  license "MIT"

  on_macos do
    depends_on "libyaml"

    on_arm do
      url "https://github.com/portrun/portrun/releases/download/v#{version}/portrun-macos-aarch64.tar.gz"
      sha256 "@MACOS_AARCH64@"
    end
    on_intel do
      url "https://github.com/portrun/portrun/releases/download/v#{version}/portrun-macos-x86_64.tar.gz"
      sha256 "@MACOS_X86_64@"
    end
  end

  on_linux do
    on_arm do
      url "https://github.com/portrun/portrun/releases/download/v#{version}/portrun-linux-aarch64.tar.gz"
      sha256 "@LINUX_AARCH64@"
    end
    on_intel do
      url "https://github.com/portrun/portrun/releases/download/v#{version}/portrun-linux-x86_64.tar.gz"
      sha256 "@LINUX_X86_64@"
    end
  end

  def install
    bin.install Dir["bin/*"]
    man1.install Dir["share/man/man1/*"]
    bash_completion.install "share/bash-completion/completions/portrun"
    zsh_completion.install "share/zsh/site-functions/_portrun"
    fish_completion.install "share/fish/vendor_completions.d/portrun.fish"
    doc.install "share/doc/portrun/examples"
  end

  test do
    ENV["PORTRUN_REGISTRY"] = "#{testpath}/registry.sqlite"
    port = shell_output("#{bin}/portrun get web --quiet").to_i
    assert_operator port, :>, 1023
    assert_equal "#{port}\n", shell_output("#{bin}/portrun -- sh -c 'echo $PORT'")
  end
end
