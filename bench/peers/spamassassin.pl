# Bayes of SpamAssassin alone, in one process: `perl spamassassin.pl FOLDER spam|ham|judge`. Mails on stdin, NUL between them; learns
# them into FOLDER, as sa-learn does, or prints the probability of each with all its digits (the tag _BAYES_ has four).
use strict;
use warnings;
use Mail::SpamAssassin;

my ($folder, $task) = @ARGV;
my $filter = Mail::SpamAssassin->new({
  config_text          => config(),
  home_dir_for_helpers => $folder,
  local_tests_only     => 1,
});
$filter->init_learner({ caller_will_untie => 1 });

$/ = "\0";
while (my $text = <STDIN>) {
  chomp $text;
  my $mail = $filter->parse($text, 1);
  my $status = $task eq 'judge' ? $filter->check($mail) : $filter->learn($mail, undef, $task eq 'spam', 0);
  # Nothing that it knows in the mail: it means 0.5 by that, as _BAYES_ does.
  printf "%.17g\n", $status->{bayes_score} // 0.5 if $task eq 'judge';
  $status->finish;
  $mail->finish;
}
$filter->finish_learner;

# The one rule makes it ask Bayes. Headers are the same for all mails, and are left out.
sub config {
  return <<"END";
loadplugin Mail::SpamAssassin::Plugin::Check
loadplugin Mail::SpamAssassin::Plugin::Bayes
body BAYES eval:check_bayes('0.00', '1.00')
use_bayes 1
bayes_path $folder/bayes
bayes_min_spam_num 1
bayes_min_ham_num 1
bayes_token_sources none visible
bayes_auto_learn 0
bayes_auto_expire 0
bayes_journal_max_size 0
dns_available no
END
}
