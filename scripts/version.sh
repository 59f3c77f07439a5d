#!/usr/bin/env bash
# Prints the version that the sources have.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

sed -n 's/^.*static let text = "\([0-9][0-9.]*\)"$/\1/p' Sources/PortrunKit/Library/Version.swift
