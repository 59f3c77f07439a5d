import PortrunBase

/// `FLASK_RUN_PORT=5055` in the `.env` or `.flaskenv` that `flask run` reads.
enum FlaskEnvironment {
    static func port(in folder: String, _ look: Look) -> ConfiguredPort.Finding {
        for name in [".env", ".flaskenv"] {
            let path = "\(folder)/\(name)"
            var finding = ConfiguredPort.Finding.none
            let isWhole = ConfiguredPort.forEachLine(of: path, look) { line, place in
                var text = line.drop { $0 == " " || $0 == "\t" }
                if text.hasPrefix("export ") { text = text.dropFirst(7).drop { $0 == " " } }
                guard text.hasPrefix("FLASK_RUN_PORT") else { return }
                let rest = text.dropFirst("FLASK_RUN_PORT".count).drop { $0 == " " }
                guard rest.first == "=" else { return }
                let value = rest.dropFirst().prefix { $0 != "#" }.filter { !" \t\"'\r".contains($0) }
                // The last one holds.
                finding =
                    Int(value).flatMap { ConfiguredPort($0, path, line: place) }.map { .port($0) } ?? .unreadable
            }
            if isWhole, finding != .none { return finding }
        }
        return .none
    }
}
