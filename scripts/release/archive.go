package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// archive puts the program and the papers into one file: a zip for Windows, a
// tar.gz elsewhere. It returns the file's name.
func (r release) archive(t target, program string, papers []paper) (string, error) {
	text, err := os.ReadFile(program)
	if err != nil {
		return "", err
	}
	folder := fmt.Sprintf("flowmap_%s_%s_%s", r.version, t.os, t.arch)
	files := append([]paper{{name: filepath.Base(program), text: text}}, papers...)
	var b bytes.Buffer
	write, name := r.tarball, folder+".tar.gz"
	if t.os == "windows" {
		write, name = r.zipped, folder+".zip"
	}
	if err := write(&b, folder, files); err != nil {
		return "", err
	}
	return name, os.WriteFile(filepath.Join(r.out, name), b.Bytes(), 0o644)
}

// modeOf is the mode of the i-th file: the program comes first.
func modeOf(i int) int64 {
	if i == 0 {
		return 0o755
	}
	return 0o644
}

func (r release) tarball(w io.Writer, folder string, files []paper) error {
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	t := tar.NewWriter(z)
	for i, f := range files {
		header := tar.Header{Name: folder + "/" + f.name, Mode: modeOf(i), Size: int64(len(f.text)), ModTime: r.when, Format: tar.FormatPAX}
		if err := t.WriteHeader(&header); err != nil {
			return err
		}
		if _, err := t.Write(f.text); err != nil {
			return err
		}
	}
	if err := t.Close(); err != nil {
		return err
	}
	return z.Close()
}

func (r release) zipped(w io.Writer, folder string, files []paper) error {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestCompression) })
	for i, f := range files {
		header := zip.FileHeader{Name: folder + "/" + f.name, Method: zip.Deflate, Modified: r.when}
		header.SetMode(os.FileMode(modeOf(i)))
		part, err := z.CreateHeader(&header)
		if err != nil {
			return err
		}
		if _, err := part.Write(f.text); err != nil {
			return err
		}
	}
	return z.Close()
}

// checksums writes SHA256SUMS of all that was made, in the form that
// sha256sum -c reads.
func (r release) checksums() error {
	entries, err := os.ReadDir(r.out)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	for _, e := range entries {
		sum, err := sumOf(filepath.Join(r.out, e.Name()))
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%s  %s\n", sum, e.Name())
	}
	return os.WriteFile(filepath.Join(r.out, "SHA256SUMS"), b.Bytes(), 0o644)
}

func sumOf(name string) (string, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%x", sha256.Sum256(text)), nil
}
