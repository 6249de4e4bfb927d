package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestWhatABrowserSaysOfItselfGoesAndNothingMoves(t *testing.T) {
	head := "%PDF-1.4\n1 0 obj\n<</Title (Propuesta)\n/Creator (Mozilla/5.0 \\(X11\\) Chrome)\n/Producer (Skia/PDF)\n/CreationDate (D:20261127104118+00'00')\n/ModDate (D:20261127104118+00'00')>>\n"
	pdf := []byte(head + strings.Repeat("x", 5000) + "/CreationDate (a text)")
	got := unstamped(bytes.Clone(pdf))
	if len(got) != len(pdf) {
		t.Fatalf("%d bytes became %d", len(pdf), len(got))
	}
	for _, gone := range []string{"Mozilla", "2026"} {
		if bytes.Contains(got, []byte(gone)) {
			t.Errorf("%q is still there", gone)
		}
	}
	for _, stays := range []string{"/Producer (Skia/PDF)", "/CreationDate (a text)"} {
		if !bytes.Contains(got, []byte(stays)) {
			t.Errorf("%q is gone", stays)
		}
	}
}

func TestAFileHasAnAddress(t *testing.T) {
	for path, want := range map[string]string{"/tmp/a b#1/p.html": "file:///tmp/a%20b%231/p.html", "C:/Users/ñ/p.html": "file:///C:/Users/%C3%B1/p.html"} {
		if got := fileURL(path); got != want {
			t.Errorf("the address of %s is %s, want %s", path, got, want)
		}
	}
}
