#!/usr/bin/env bash
# Makes the Debian package of the release binary, in .build/packages, and prints its path. The same files give the same
# package.
#   deb.sh [TREE]    of what scripts/install.sh has put there, by default of what it installs now
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=$(scripts/version.sh)
architecture=$(dpkg --print-architecture)
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || echo 0)
export SOURCE_DATE_EPOCH

folder=.build/packages
root=$folder/root
rm -rf "$root"
mkdir -p "$root/DEBIAN" "$root/usr/share/doc/portrun" "$root/usr/share/lintian/overrides"
if [ $# -gt 0 ]; then cp -a "$1/." "$root/usr/"; else scripts/install.sh "$root/usr" >&2; fi
scripts/user-units.sh "$root/usr/bin" "$root/usr/lib/systemd/user"
gzip -9n "$root/usr/share/man/man1/"*.1
# As Debian has them.
sed -i '1{/^#!/d}' "$root/usr/share/bash-completion/completions/"*
if [ -d "$root/usr/share/zsh/site-functions" ]; then
    mkdir -p "$root/usr/share/zsh/vendor-completions"
    mv "$root/usr/share/zsh/site-functions/"* "$root/usr/share/zsh/vendor-completions/"
    rmdir "$root/usr/share/zsh/site-functions"
fi

{
    echo "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/"
    echo "Upstream-Name: portrun"
    echo "Source: https://github.com/portrun/portrun"
    echo
    echo "Files: *"
    sed -n 's/^Copyright (c)/Copyright:/p' LICENSE
    echo "License: Expat"
    sed -n '/^Permission/,$s/^$/./; /^Permission/,$s/^/ /p' LICENSE
} >"$root/usr/share/doc/portrun/copyright"
{
    echo "portrun ($version) unstable; urgency=medium"
    echo
    echo "  * Its changes: https://github.com/portrun/portrun/blob/main/CHANGELOG.md"
    echo
    echo " -- The portrun maintainers <portrun@users.noreply.github.com>  $(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")"
} | gzip -9n >"$root/usr/share/doc/portrun/changelog.gz"
# One binary for every Linux, with all that it needs.
for file in "$root/usr/bin/"*; do
    echo "portrun: statically-linked-binary [usr/bin/${file##*/}]"
    echo "portrun: embedded-library libyaml [usr/bin/${file##*/}]"
done >"$root/usr/share/lintian/overrides/portrun"

cat >"$root/DEBIAN/control" <<EOF
Package: portrun
Version: $version
Architecture: $architecture
Maintainer: The portrun maintainers <portrun@users.noreply.github.com>
Installed-Size: $(du -sk --apparent-size "$root/usr" | cut -f 1)
Section: devel
Priority: optional
Homepage: https://github.com/portrun/portrun
Description: run a command on ports that nobody else on this machine has
 Two git worktrees of one project, or two projects, want the same ports, and
 the second one fails to start. In front of any command, portrun books ports
 for its checkout machine-wide, tells the command of them, and gives them
 back when the command ends. Nothing in the project is edited.
EOF
(cd "$root" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum >DEBIAN/md5sums)
find "$root" -type d -exec chmod 755 {} +
find "$root" -type f ! -path '*/usr/bin/*' -exec chmod 644 {} +
find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
package=$folder/portrun_${version}_$architecture.deb
dpkg-deb --build --root-owner-group -Zxz "$root" "$package" >&2
rm -rf "$root"
echo "$package"
