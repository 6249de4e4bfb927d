package main

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestATableAlignsNumbersRightAndWordsLeft(t *testing.T) {
	got := table{heads: []string{"Flow", "Hours"}, right: []bool{false, true}, rows: [][]string{{"Orders", "8.3"}, {"Año", "12.0"}}}.text(0)
	want := "Flow    Hours\n" + "Orders    8.3\n" + "Año      12.0\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestATableFitsTheTerminalByCuttingItsWidestWords(t *testing.T) {
	long := strings.Repeat("palabra ", 20)
	got := table{heads: []string{"Flow", "From", "Hours"}, right: []bool{false, false, true}, rows: [][]string{{long, "PrestaShop", "8.3"}}}.text(40)
	for _, line := range strings.Split(strings.TrimSpace(got), "\n") {
		if n := utf8.RuneCountInString(line); n > 40 {
			t.Errorf("%d letters: %q", n, line)
		}
	}
	if !strings.Contains(got, "…") || !strings.Contains(got, "PrestaShop") || !strings.Contains(got, "8.3") {
		t.Errorf("cut the wrong column:\n%s", got)
	}
}

func TestATableNeverCutsBelowTwelveLetters(t *testing.T) {
	got := table{heads: []string{"Flow"}, right: []bool{false}, rows: [][]string{{strings.Repeat("x", 30)}}}.text(5)
	if want := "Flow\nxxxxxxxxxxx…\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWrappedTextHangsUnderItsFirstWord(t *testing.T) {
	got := wrap("one two three four", 12, "→ ")
	if want := "→ one two\n  three four\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := wrap(strings.Repeat("x", 30), 10, ""); got != strings.Repeat("x", 30)+"\n" {
		t.Errorf("a long word was broken: %q", got)
	}
}
