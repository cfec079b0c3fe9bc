from accounts.models.people import Person, User
from accounts.models.privacy import Consent
from accounts.models.roster import Roster, RosterEntry
from accounts.models.units import Unit, UnitAlias

__all__ = ["Consent", "Person", "Roster", "RosterEntry", "Unit", "UnitAlias", "User"]
