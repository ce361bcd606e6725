// follow says whether a log is right by golang.org/x/mod, which knows nothing of Sagwan.
//
//	follow proofs VECTORS.json         every note, root and proof of our vectors
//	follow log URL VKEY CHECKPOINT...  a published folder over HTTP, checkpoint after checkpoint
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"

	"crypto/sha256"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	var err error
	switch {
	case len(os.Args) == 3 && os.Args[1] == "proofs":
		err = proofs(os.Args[2])
	case len(os.Args) > 4 && os.Args[1] == "log":
		err = follow(os.Args[2], os.Args[3], os.Args[4:])
	default:
		err = errors.New("usage: follow proofs FILE | follow log URL VKEY CHECKPOINT...")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// open reads a checkpoint that the log must have signed: its origin and its tree.
func open(data []byte, verifier note.Verifier) (string, tlog.Tree, error) {
	var tree tlog.Tree
	opened, err := note.Open(data, note.VerifierList(verifier))
	if err != nil {
		return "", tree, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 {
		return "", tree, fmt.Errorf("no checkpoint: %q", opened.Text)
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return "", tree, err
	}
	tree.Hash, err = tlog.ParseHash(lines[2])
	return lines[0], tree, err
}

type vectors struct {
	Origin string
	Log    string
	Trees  []struct {
		Size        int64
		Root        string
		Checkpoint  string
		Inclusion   map[string][]string
		Consistency map[string][]string
	}
}

func hashes(texts []string) ([]tlog.Hash, error) {
	var found []tlog.Hash
	for _, text := range texts {
		hash, err := tlog.ParseHash(text)
		if err != nil {
			return nil, err
		}
		found = append(found, hash)
	}
	return found, nil
}

func proofs(file string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var all vectors
	if err := json.Unmarshal(data, &all); err != nil {
		return err
	}
	verifier, err := note.NewVerifier(all.Log)
	if err != nil {
		return err
	}
	roots := map[int64]tlog.Hash{}
	for _, one := range all.Trees {
		origin, tree, err := open([]byte(one.Checkpoint), verifier)
		if err != nil {
			return err
		}
		root, err := tlog.ParseHash(one.Root)
		if err != nil {
			return err
		}
		if origin != all.Origin || tree.N != one.Size || tree.Hash != root {
			return fmt.Errorf("the checkpoint of %d is of another tree", one.Size)
		}
		roots[one.Size] = root
		for text, steps := range one.Inclusion {
			index, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				return err
			}
			proof, err := hashes(steps)
			if err != nil {
				return err
			}
			entry := sha256.Sum256([]byte(text))
			leaf := tlog.RecordHash(entry[:])
			if err := tlog.CheckRecord(proof, tree.N, root, index, leaf); err != nil {
				return fmt.Errorf("entry %d of %d: %w", index, tree.N, err)
			}
			if tlog.CheckRecord(proof, tree.N, root, index, root) == nil && tree.N > 1 {
				return fmt.Errorf("entry %d of %d: any leaf will do", index, tree.N)
			}
		}
		for text, steps := range one.Consistency {
			old, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				return err
			}
			proof, err := hashes(steps)
			if err != nil {
				return err
			}
			if err := tlog.CheckTree(proof, tree.N, root, old, roots[old]); err != nil {
				return fmt.Errorf("from %d to %d: %w", old, tree.N, err)
			}
		}
	}
	fmt.Printf("%d trees\n", len(all.Trees))
	return nil
}

// site reads tiles as C2SP tlog-tiles names them: without the height that x/mod puts into a path.
type site struct{ url string }

func (s site) Height() int { return 8 }

func (s site) SaveTiles([]tlog.Tile, [][]byte) {}

func (s site) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range tiles {
		data, err := s.get(path(tile))
		if full := (tlog.Tile{H: tile.H, L: tile.L, N: tile.N, W: 256}); err != nil && tile.W < 256 {
			// As x/mod's own client does: a partial tile is gone where the full one is there.
			data, err = s.get(path(full))
			if err == nil && len(data) == 256*tlog.HashSize {
				data = data[:tile.W*tlog.HashSize]
			}
		}
		if err != nil {
			return nil, err
		}
		found = append(found, data)
	}
	return found, nil
}

func path(tile tlog.Tile) string {
	return "/log/" + strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
}

func (s site) get(path string) ([]byte, error) {
	answer, err := http.Get(s.url + path)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", path, answer.Status)
	}
	return io.ReadAll(answer.Body)
}

// entries reads all entries of a log: bundles of up to 256, each entry after its length in two bytes.
func (s site) entries(size int64) ([][]byte, error) {
	var found [][]byte
	for start := int64(0); start < size; start += 256 {
		tile := tlog.Tile{H: 8, L: 0, N: start / 256, W: 256}
		if size-start < 256 {
			tile.W = int(size - start)
		}
		data, err := s.get("/log/" + strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1))
		if err != nil {
			return nil, err
		}
		for len(data) > 0 {
			if len(data) < 2 || len(data) < 2+int(data[0])<<8+int(data[1]) {
				return nil, errors.New("a bundle is cut")
			}
			end := 2 + int(data[0])<<8 + int(data[1])
			found = append(found, data[2:end])
			data = data[end:]
		}
	}
	if int64(len(found)) != size {
		return nil, fmt.Errorf("%d entries of %d", len(found), size)
	}
	return found, nil
}

func follow(url, vkey string, checkpoints []string) error {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return err
	}
	s := site{url}
	var last tlog.Tree
	for _, path := range checkpoints {
		data, err := s.get("/" + path)
		if err != nil {
			return err
		}
		_, tree, err := open(data, verifier)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		reader := tlog.TileHashReader(tree, s)
		if last.N > 0 {
			proof, err := tlog.ProveTree(tree.N, last.N, reader)
			if err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
			if err := tlog.CheckTree(proof, tree.N, tree.Hash, last.N, last.Hash); err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
		}
		last = tree
	}
	entries, err := s.entries(last.N)
	if err != nil {
		return err
	}
	reader := tlog.TileHashReader(last, s)
	for index, entry := range entries {
		proof, err := tlog.ProveRecord(last.N, int64(index), reader)
		if err != nil {
			return err
		}
		leaf := tlog.RecordHash(entry)
		if err := tlog.CheckRecord(proof, last.N, last.Hash, int64(index), leaf); err != nil {
			return fmt.Errorf("entry %d: %w", index, err)
		}
		if bytes.Equal(entry, nil) {
			return fmt.Errorf("entry %d is empty", index)
		}
	}
	sum := sha256.Sum256(bytes.Join(entries, nil))
	fmt.Printf("%d entries %s\n", len(entries), base64.StdEncoding.EncodeToString(sum[:]))
	return nil
}
