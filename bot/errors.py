"""Every error the service raises on purpose.

OperatorError             someone has to do something; ``str()`` is the French text to show, as it is
├── SettingsError         a PASSERELLE_* setting cannot be used
├── KeyringError          the encryption key is missing, unsafe or the wrong one
├── FolderBusy            another process works in the same data folder
└── StoreUnavailable      the database cannot be read or written just now
AlreadyProcessed          an update was handled before; nothing was changed
SealError                 sealed bytes cannot be opened; never says why

No message of these classes may hold personal data or a secret.
"""

import errno

_REASONS = {
    errno.EACCES: "droits insuffisants",
    errno.EPERM: "opération interdite",
    errno.ENOSPC: "disque plein",
    errno.EDQUOT: "quota dépassé",
    errno.EROFS: "disque en lecture seule",
    errno.ENOENT: "chemin introuvable",
    errno.EEXIST: "un fichier de ce nom existe déjà",
    errno.ENOTDIR: "ce n'est pas un dossier",
    errno.ELOOP: "c'est un lien symbolique",
}


class OperatorError(Exception):
    """Something an operator has to put right: what is wrong, then what to do, in French."""

    def __init__(self, what: str, hint: str = "") -> None:
        self.what = what
        self.hint = hint
        super().__init__(f"{what}\n    -> {hint}" if hint else what)


class SettingsError(OperatorError):
    """Some PASSERELLE_* settings cannot be used; ``what`` lists all of them."""


class KeyringError(OperatorError):
    """The encryption key is missing, readable by others, damaged or not the one of the data."""


class FolderBusy(OperatorError):
    """Another process already works in the data folder."""


class StoreUnavailable(OperatorError):
    """The database cannot be read or written just now; what it held before is intact."""


class AlreadyProcessed(Exception):
    """The update was handled before: the caller drops it, and nothing was changed."""


class SealError(Exception):
    """Sealed bytes cannot be opened: wrong key, purpose or person, or damaged. Never says which."""


def reason(error: OSError) -> str:
    """Return in French why the system refused; the system's own words when the cause is a rare one."""
    return _REASONS.get(error.errno or 0, error.strerror or type(error).__name__)
