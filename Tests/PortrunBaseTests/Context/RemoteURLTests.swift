import TestSupport
import Testing

@testable import PortrunBase

struct RemoteURLTests {
    @Test(
        arguments: [
            ("https://example.org/team/myapp.git", "myapp"), ("https://example.org/team/myapp/", "myapp"),
            ("git@example.org:team/myapp.git", "myapp"), ("host:myapp.git", "myapp"), ("host:myapp", "myapp"),
            ("ssh://git@example.org:2222/team/myapp.git/", "myapp"), ("/srv/git/myapp.git", "myapp"),
            ("/src/myapp/.git", "myapp"), ("../myapp", "myapp"), ("file:///srv/myapp.git", "myapp"),
            ("https://example.org/a.b/my.app.git", "my.app"), ("host:größe.git", "größe"), ("/", nil),
            (".git", nil),
        ] as [(String, String?)])
    func namesTheRepository(of url: String, name: String?) {
        #expect(RemoteURL(text: url).repositoryName == name)
    }

    @Test(arguments: [
        ("https://me:secret@example.org/a.git", "https://example.org/a.git"),
        ("https://token@example.org/a.git", "https://example.org/a.git"),
        ("HTTPS://me:p@ss@example.org/a@b", "HTTPS://example.org/a@b"),
        ("ssh://git:secret@example.org:22/a.git", "ssh://git@example.org:22/a.git"),
        ("ssh://git@example.org/a.git", "ssh://git@example.org/a.git"),
        ("https://example.org/team/a@b.git", "https://example.org/team/a@b.git"),
        ("git@example.org:team/a.git", "git@example.org:team/a.git"), ("/srv/a@b:c.git", "/srv/a@b:c.git"),
    ])
    func leavesSecretsOut(of url: String, shown: String) {
        #expect(RemoteURL(text: url).withoutSecrets == shown)
    }
}
