package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"marginalia/app/store"
	"marginalia/app/store/sqlite"
)

// dataFlags say where the store is.
type dataFlags struct {
	Data     string `default:"data" placeholder:"DIR" help:"Folder of the store (${default})."`
	Database string `placeholder:"postgres://…" help:"Use this database instead of a file."`
}

// storeFile is the store's file in the data folder.
const storeFile = "marginalia.db"

// open opens the store, which is made if it is not there yet.
func (d dataFlags) open(ctx context.Context) (store.Store, error) {
	if d.Database != "" {
		return nil, hint("Leave --database out: the store is then a file in the folder of --data.", "--database is not available in this build")
	}
	if err := os.MkdirAll(d.Data, 0o700); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	return sqlite.Open(ctx, filepath.Join(d.Data, storeFile))
}

// openExisting opens a store that must be there: a mistyped folder is not made.
func (d dataFlags) openExisting(ctx context.Context) (store.Store, error) {
	if d.Database == "" {
		if _, err := os.Stat(filepath.Join(d.Data, storeFile)); errors.Is(err, os.ErrNotExist) {
			return nil, hint("Give the folder that serve uses with --data.", "there is no store in %s", d.Data)
		}
	}
	return d.open(ctx)
}
