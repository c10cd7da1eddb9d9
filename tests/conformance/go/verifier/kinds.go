package main

import "strings"

// Every kind of act, with its fields in the clear and its hidden fields (docs/specs/kinds.md, as it stands there).

const kinds = `
convene label nonce procedure convenor convenor_key keeper keeper_key log_key sides open_to cosigners quorum convenor_sealing log_mldsa_key | remark title subtitle notice zone convenor_title keeper_title names languages
adjourn | remark reason
resume | remark reason
break_off | remark reason
conclude | remark reason
table_rules decision n groups silence_adopts | remark text
adopt_rules | remark
admit person role side office | remark title
leave person | remark reason
designate_head person | remark
contest_representation side | remark reason
decide_credentials side upheld | remark reason
enrol person public possession sealing replaces | remark
confirm_fingerprint key | remark
revoke_key key since | remark reason
void | remark reason
rectify original | remark text
grant_mandate holder capacities terms instruments valid_from valid_until | remark text
revoke_mandate mandate | remark reason
restrict_mandate mandate capacities instruments | remark reason
confirm_act original | remark
name_recovery_key public | remark
begin_epoch public keys recovery | remark box
share_epochs epochs keys recovery | remark box
refer instrument edition reply_by | remark sealed epoch question
instruct referral | remark sealed epoch text
note | remark sealed epoch text
announce_referral instrument edition reply_by | remark question
open_session number at | remark place text
close_session number at | remark place text
set_agenda items | remark titles
take_up item at | remark
minute speaker sense said_at instrument edition | remark text language interpreter
ask_to_confirm minute | remark
confirm_minute minute | remark
contest_minute minute | remark text language interpreter
mark_time checkpoint | remark
open_instrument instrument sides basis languages authentication consent initials_sign open_to_accession entry entry_date entry_delay reservations | remark title short_title
link_instrument instrument relation other status | remark
table_text instrument origin | remark title text
circulate instrument edition to | remark
receive instrument edition | remark
circulate_non_paper to | remark text
propose_alternative instrument provision omit | remark text texts + headings
support_alternative instrument provision alternative | remark
withdraw_alternative instrument provision alternative | remark
reserve_provision instrument provision lift | remark
propose_bridge instrument provision expires | remark text texts + headings
answer_bridge bridge | remark sealed epoch yes reason
open_bridge bridge answers | remark
propose_package instrument alternatives | remark text warned
accept_package instrument package | remark
decline_package instrument package | remark reason
state_preferences instrument edition | remark sealed epoch document
estimate_preferences instrument edition side | remark sealed epoch document
declare_reading instrument edition provision | remark text
issue instrument number content provisions languages open objections | remark text nonce
certify_language instrument edition language status provisions | remark text
place_silence instrument until | remark
extend_silence instrument until | remark
break_silence instrument | remark reason
assent instrument terms | remark
initial instrument languages | remark
sign_ad_referendum instrument languages | remark place capacity counterpart
confirm_signature instrument | remark
sign instrument languages | remark place capacity counterpart
sign_as_witness instrument edition | remark place capacity counterpart
certify_paper_signature instrument edition person | remark place capacity counterpart
record_approval instrument approved | remark body outcome
consent instrument means | remark
make_reservation instrument provisions | remark text
confirm_reservation instrument reservation | remark
withdraw_reservation instrument reservation | remark reason
declare_interpretation instrument edition provisions | remark text
accept_reservation instrument reservation | remark
object_to_reservation instrument reservation opposes_entry | remark reason
comment_on_reservation instrument reservation | remark text
take_back instrument | remark reason
declare_no_intention instrument | remark reason
contest_validity instrument | remark reason
propose_correction instrument provisions objections_by | remark text reason
object_to_correction correction | remark reason
correct correction | remark
note_entry instrument | remark
apply_provisionally instrument | remark
end_provisional_application instrument | remark
register_statement claims article | remark text speaker published source
answer_statement statement | remark text speaker published source
register_article | remark title source published language digest
announce claims | remark text
join_statement statement | remark
commit_position digest | remark
reveal_position position digest | remark text salt
erase originals writer ground parts | remark sealed epoch reason
confirm_erasure erasure | remark sealed epoch
present files keys recovery shown_to | remark title text names contents at_source taken_at taken_by taken_where custody box
describe_exhibit | remark title text
record_custody exhibit | remark given_by given_to when where kept
receive_exhibit exhibit | remark
acknowledge_exhibit exhibit grade | remark shows text
challenge_exhibit exhibit ground | remark text
withdraw_challenge challenge | remark text
name_cosigner vkey | remark
drop_cosigner cosigner | remark reason
share_exhibit exhibit keys recovery | remark box
demand of exhibits instrument provision | remark title text
withdraw_demand demand | remark reason
decline_demand demand | remark reason
assure demand | remark text
withdraw_assurance assurance | remark reason
read_back_assurance speaker demand said_at | remark text language interpreter
confirm_assurance assurance | remark
refuse_assurance assurance | remark text
draw_commitment instrument edition provision duty actors elements begins ends verifier assurance replaces | remark title quote obligor action object area period indicator verified_by method consequence
withdraw_commitment commitment | remark reason
order_commitments first second relation instrument edition provision days | remark text
withdraw_ordering ordering | remark reason
report_incident | remark title text category date_from date_to place lat lon actors deaths source
report_incidents file size rows | remark title source licence text
assert_attribution incident actor row | remark text
report_performance commitment | remark text
same_incident one another one_row another_row apart | remark reason
find about question answer confidence row actor commitment | remark text grounds
dissent finding | remark text
answer_finding finding | remark text
register_stipulations instrument version stipulations | remark titles text
score register month scores | remark text
mark_protection instrument edition provisions | remark
notify_breach instrument of measure objections_by provisions commitments affects urgent | remark text reason
object_to_notice breach | remark reason
reply_to_notice breach | remark text
decide_jointly instrument breach joins | remark text
record_cure breach provision | remark text
carry_out breach | remark text
revoke_notice breach | remark reason
respond of instrument provision | remark text
`

// digestCount is how many digests an act of a kind has: all of its hidden fields', or those it had before some were added.
type digestCount struct{ least, most int }

// clearFieldsOf has the fields in the clear, by kind; digestsOf how many digests stand for those that are hidden.
var clearFieldsOf, digestsOf = func() (map[any][]string, map[any]digestCount) {
	fields, digests := map[any][]string{}, map[any]digestCount{}
	for _, line := range strings.Split(strings.Trim(kinds, "\n"), "\n") {
		clear, secret, _ := strings.Cut(line, " | ")
		words := strings.Fields(clear)
		first, added, _ := strings.Cut(secret, " + ")
		least := len(strings.Fields(first))
		fields[words[0]], digests[words[0]] = words[1:], digestCount{least, least + len(strings.Fields(added))}
	}
	return fields, digests
}()
