package main

import (
	"os"
	"path/filepath"
	"text/template"
)

const (
	homepage    = "https://github.com/flowmap-dev/flowmap"
	description = "Maps the data that a company copies by hand, prices it, and says what to integrate first"
)

// manifests writes the Homebrew formula and the Scoop manifest, as far as what
// they name was built.
func (r release) manifests(archives map[target]string) error {
	type file struct{ URL, Name, Folder, Sum string }
	about := struct {
		Version, Homepage, Description string
		Files                          map[string]file
	}{r.version, homepage, description, map[string]file{}}
	for t, name := range archives {
		sum, err := sumOf(filepath.Join(r.out, name))
		if err != nil {
			return err
		}
		folder := "flowmap_" + r.version + "_" + t.os + "_" + t.arch
		about.Files[t.os+t.arch] = file{homepage + "/releases/download/v" + r.version + "/" + name, name, folder, sum}
	}
	for _, m := range []struct {
		name, text string
		needs      []string
	}{
		{"flowmap.rb", formula, []string{"darwinamd64", "darwinarm64", "linuxamd64", "linuxarm64"}},
		{"flowmap.json", scoop, []string{"windowsamd64", "windowsarm64"}},
	} {
		whole := true
		for _, n := range m.needs {
			_, built := about.Files[n]
			whole = whole && built
		}
		if !whole {
			continue
		}
		if err := fill(filepath.Join(r.out, m.name), m.text, about); err != nil {
			return err
		}
	}
	return nil
}

func fill(name, text string, about any) error {
	t, err := template.New(filepath.Base(name)).Option("missingkey=error").Parse(text)
	if err != nil {
		return err
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := t.Execute(f, about); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

const formula = `class Flowmap < Formula
  desc "{{.Description}}"
  homepage "{{.Homepage}}"
  version "{{.Version}}"
  license "Apache-2.0"

  on_macos do
    on_arm do
      url "{{.Files.darwinarm64.URL}}"
      sha256 "{{.Files.darwinarm64.Sum}}"
    end
    on_intel do
      url "{{.Files.darwinamd64.URL}}"
      sha256 "{{.Files.darwinamd64.Sum}}"
    end
  end

  on_linux do
    on_arm do
      url "{{.Files.linuxarm64.URL}}"
      sha256 "{{.Files.linuxarm64.Sum}}"
    end
    on_intel do
      url "{{.Files.linuxamd64.URL}}"
      sha256 "{{.Files.linuxamd64.Sum}}"
    end
  end

  def install
    bin.install "flowmap"
    man1.install Dir["man/*.1.gz"]
    bash_completion.install "completions/flowmap.bash" => "flowmap"
    zsh_completion.install "completions/_flowmap"
    fish_completion.install "completions/flowmap.fish"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/flowmap version")
  end
end
`

const scoop = `{
  "version": "{{.Version}}",
  "description": "{{.Description}}",
  "homepage": "{{.Homepage}}",
  "license": "Apache-2.0",
  "architecture": {
    "64bit": {
      "url": "{{.Files.windowsamd64.URL}}",
      "hash": "{{.Files.windowsamd64.Sum}}",
      "extract_dir": "{{.Files.windowsamd64.Folder}}"
    },
    "arm64": {
      "url": "{{.Files.windowsarm64.URL}}",
      "hash": "{{.Files.windowsarm64.Sum}}",
      "extract_dir": "{{.Files.windowsarm64.Folder}}"
    }
  },
  "bin": "flowmap.exe"
}
`
