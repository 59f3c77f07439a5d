// Runs a command that has its own localhost, as `portrun run` does it with what it has booked:
//
//     Translated [--exec] [--mode MODE] [ENTRY…] -- COMMAND…
//
// An entry is `3000=3001`, `udp:3000=3001`, `3000=3001:connectOnly` or `3000=3001:bindOnly`. `other:3000` is
// another checkout's port. What there is to tell goes to standard error.

import PortrunBase
import PortrunLaunch

StandardDescriptors.fillHoles()
let signals = SignalState.capture()

func say(_ line: String) {
    let bytes = Array("translated: \(line)\n".utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
}

func usage() -> Never {
    say("usage: Translated [--exec] [--mode MODE] [ENTRY…] -- COMMAND…")
    exit(64)
}

func text(_ event: TranslationEvent) -> String {
    switch event {
    case .listening(let port, let transport): "listening \(port) \(transport)"
    case .ofOther(let port): "other \(port)"
    case .unreadable: "unreadable"
    case .spared(let pid): "spared \(pid)"
    case .refused(let declared, let booked, let transport):
        "refused \(declared) → \(booked?.description ?? "nobody") \(transport)"
    case .taken(let declared, let booked, let transport, let holder):
        "taken \(declared) → \(booked) \(transport) by \(holder?.pid ?? 0)"
    }
}

func entry(_ word: String) -> Translation.Entry? {
    var word = Substring(word)
    let isUDP = word.hasPrefix("udp:")
    if isUDP { word = word.dropFirst(4) }
    let parts = word.split(separator: ":")
    let ports = parts[0].split(separator: "=").compactMap { Port($0) }
    let use = parts.count == 2 ? Translation.Use(rawValue: String(parts[1])) : .both
    guard ports.count == 2, let use else { return nil }
    return Translation.Entry(isUDP ? .udp : .tcp, ports[0], to: ports[1], use)
}

var words = ProcessArguments.words.makeIterator()
var isReplacing = false
var translation = Translation(.auto, [])
while let word = words.next(), word != "--" {
    if word == "--exec" {
        isReplacing = true
    } else if word == "--mode" {
        guard let mode = words.next().flatMap(Translation.Mode.init(rawValue:)) else { usage() }
        translation.mode = mode
    } else {
        if word.hasPrefix("other:"), let port = Port(word.dropFirst(6)) {
            translation.others.append(port)
            continue
        }
        guard let entry = entry(word) else { usage() }
        translation.entries.append(entry)
    }
}
let count = Array(words).count
guard count > 0 else { usage() }
let arguments = (ProcessArguments.count - count..<ProcessArguments.count).compactMap { index in
    ProcessArguments.vector[index].map { Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) }
}
let command = Command(arguments: arguments, environment: System.current().environment)

do {
    // A launch inside a launch has that one's localhost.
    func tell(_ obstacle: TranslationObstacle) { if obstacle != .nested { say(obstacle.message) } }
    if isReplacing {
        try Launcher.replace(with: command, signals, translation) { obstacle in
            tell(obstacle)
            return command
        }
    }
    let child = try GatedChild(command, signals, translation)
    child.obstacle.map(tell)
    child.open()
    switch try Launcher.wait(for: child, signals, nil, TranslationAnswers(tell: { say(text($0)) })) {
    case .exited(let status): exit(status)
    case .signalled(let signal): Ending.signalled(signal).mirror()
    }
} catch let error as LaunchError {
    say(error.message)
    exit(error.exitStatus)
}
