import Testing

@testable import PortrunCore

struct CommandLinePortsTests {
    @Test(
        arguments: [
            ("next dev --port 3000", [3000]), ("next dev --port=3000", [3000]), ("next dev -p 3000", [3000]),
            ("next dev -p3000", [3000]), ("vite --port '3000'", [3000]), ("PORT=3000 node .", [3000]),
            ("HTTP_PORT=3000 API_PORT=3001 node .", [3000, 3001]), ("java -Dserver.port=3000 -jar x", [3000]),
            ("x --httpPort 3000", [3000]), ("x --http-port=3000", [3000]), ("x --server.port=3000", [3000]),
            ("docker run -p 8080:80 x", [8080]), ("docker run -p 127.0.0.1:8080:80 x", [8080]),
            ("manage.py runserver 0.0.0.0:8000", [8000]), ("wait-on http://localhost:3000/x && x", [3000]),
            ("serve -l tcp://[::]:3000", [3000]), ("x --port ${PORT:-3000}", [3000]), ("x --port=${PORT-3000}", [3000]),
            ("a --port 3000 & b --port 3001", [3000, 3001]), ("a --port 3000; b --port 3000", [3000]),
            ("concurrently \"a -p 3000\" \"b -p 3001\"", [3000, 3001]),
            // What is none.
            ("x --port $PORT", []), ("x --support 3000", []), ("x --import=3000", []), ("mkdir -p 3000x", []),
            ("make -p 4", []), ("x --port 80", []), ("x --port 70000", []), ("x --port", []),
            ("curl example.org:3000", []),
            ("curl mylocalhost:3000", []), ("x 3000", []), ("", []), ("-p", []), ("=", []), ("x http://db:5432", []),
        ] as [(String, [Port])])
    func finds(_ line: String, _ ports: [Port]) {
        #expect(CommandLinePorts(line).found.map(\.port) == ports)
    }
}
