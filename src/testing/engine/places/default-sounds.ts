/** The sounds that come with Asterisk in English, and how long each takes in milliseconds. */
const TABLE = `
activated=1080 added=740 agent-alreadyon=5520 agent-incorrect=5160 agent-loggedoff=1460 agent-loginok=1760
agent-newlocation=3300 agent-pass=3300 agent-user=4920 all-circuits-busy-now=1820 ascending-2tone=200
astcc-followed-by-the-pound-key=1520 at-tone-time-exactly=3540 auth-incorrect=4620
auth-thankyou=960 basic-pbx-ivr-main=25400 beep=440 beeperr=360 call-forwarding=1540 call-fwd-no-ans=2640
call-fwd-on-busy=1920 call-fwd-unconditional=2340 call-waiting=1100 calling=760 cancelled=980
cannot-complete-as-dialed=2660 check-number-dial-again=2220 conf-adminmenu=19220 conf-adminmenu-162=20980
conf-adminmenu-18=21700 conf-adminmenu-menu8=17340 conf-enteringno=2360 conf-errormenu=1440 conf-extended=2080
conf-full=1680 conf-getchannel=3140 conf-getconfno=3420 conf-getpin=2400 conf-hasjoin=1780 conf-hasleft=1780
conf-invalid=3880 conf-invalidpin=2660 conf-kicked=2380 conf-leaderhasleft=2280 conf-locked=1760 conf-lockednow=1780
conf-muted=1400 conf-noempty=2780 conf-nonextended=2180 conf-now-muted=1880 conf-now-recording=2320
conf-now-unmuted=2120 conf-onlyone=3260 conf-onlyperson=3160 conf-otherinparty=2160 conf-placeintoconf=2400
conf-roll-callcomplete=3260 conf-thereare=1380 conf-unlockednow=1900 conf-unmuted=1500 conf-usermenu=14040
conf-usermenu-162=18600 conf-userswilljoin=2320 conf-userwilljoin=2240 conf-waitforleader=2840
confbridge-begin-glorious-a=3580 confbridge-begin-glorious-b=3980 confbridge-begin-glorious-c=3980
confbridge-begin-leader=3020 confbridge-binaural-off=2660 confbridge-binaural-on=2260 confbridge-conf-begin=1840
confbridge-conf-end=1700 confbridge-dec-list-vol-in=3500 confbridge-dec-list-vol-out=3600
confbridge-dec-talk-vol-in=3680 confbridge-dec-talk-vol-out=3360 confbridge-has-joined=1700 confbridge-has-left=1700
confbridge-inc-list-vol-in=3780 confbridge-inc-list-vol-out=3800 confbridge-inc-talk-vol-in=3360
confbridge-inc-talk-vol-out=3700 confbridge-invalid=2520 confbridge-join=380 confbridge-leave=380
confbridge-leave-in=1480 confbridge-leave-out=1520 confbridge-lock-extended=6920 confbridge-lock-in=2420
confbridge-lock-no-join=3340 confbridge-lock-out=2420 confbridge-locked=1740 confbridge-menu-exit-in=1500
confbridge-menu-exit-out=1540 confbridge-mute-extended=11160 confbridge-mute-in=2160 confbridge-mute-out=2160
confbridge-muted=1380 confbridge-only-one=3420 confbridge-only-participant=3240 confbridge-participants=1900
confbridge-pin=5140 confbridge-pin-bad=4740 confbridge-remove-last-in=3920 confbridge-remove-last-out=3820
confbridge-removed=2440 confbridge-rest-list-vol-in=4160 confbridge-rest-list-vol-out=4260
confbridge-rest-talk-vol-in=3520 confbridge-rest-talk-vol-out=3300 confbridge-there-are=1300
confbridge-unlocked=2080 confbridge-unmuted=1660 de-activated=1540 demo-abouttotry=15180 demo-congrats=30280
demo-echodone=2680 demo-echotest=22000 demo-enterkeywords=6660 demo-instruct=73360 demo-moreinfo=14740
demo-nogo=10520 demo-nomatch=3660 demo-thanks=5520 descending-2tone=200 dictate/both_help=5880
dictate/enter_filename=6000 dictate/forhelp=1720 dictate/pause=1000 dictate/paused=940 dictate/play_help=10200
dictate/playback=1080 dictate/playback_mode=1400 dictate/record=1140 dictate/record_help=6200
dictate/record_mode=1460 dictate/truncating_audio=1540 digits/0=880 digits/1=920 digits/10=660 digits/11=980
digits/12=820 digits/13=940 digits/14=1060 digits/15=1160 digits/16=1200 digits/17=1220 digits/18=1100
digits/19=1240 digits/2=760 digits/20=940 digits/3=840 digits/30=920 digits/4=820 digits/40=960 digits/5=840
digits/50=1240 digits/6=900 digits/60=1040 digits/7=840 digits/70=1040 digits/8=700 digits/80=840 digits/9=860
digits/90=1040 digits/a-m=1040 digits/at=700 digits/billion=1020 digits/day-0=1040 digits/day-1=920 digits/day-2=920
digits/day-3=1040 digits/day-4=920 digits/day-5=960 digits/day-6=960 digits/dollars=920 digits/h-1=740
digits/h-10=640 digits/h-11=800 digits/h-12=700 digits/h-13=1040 digits/h-14=980 digits/h-15=1000 digits/h-16=1020
digits/h-17=1060 digits/h-18=1040 digits/h-19=1140 digits/h-2=860 digits/h-20=920 digits/h-3=680 digits/h-30=800
digits/h-4=800 digits/h-40=980 digits/h-5=720 digits/h-50=1000 digits/h-6=760 digits/h-60=1000 digits/h-7=880
digits/h-70=1000 digits/h-8=660 digits/h-80=820 digits/h-9=820 digits/h-90=1200 digits/h-billion=920
digits/h-hundred=900 digits/h-million=960 digits/h-thousand=980 digits/hundred=860 digits/million=860
digits/minus=900 digits/mon-0=1020 digits/mon-1=1020 digits/mon-10=1000 digits/mon-11=1040 digits/mon-2=840
digits/mon-3=780 digits/mon-4=700 digits/mon-5=820 digits/mon-6=840 digits/mon-7=780 digits/mon-8=1020
digits/mon-9=1000 digits/oclock=880 digits/oh=600 digits/p-m=880 digits/pound=760 digits/star=820
digits/thousand=900 digits/today=720 digits/tomorrow=940 digits/yesterday=1020 dir-first=2820 dir-firstlast=3180
dir-instr=6600 dir-intro=12160 dir-intro-fn=12200 dir-last=2420 dir-multi1=780 dir-multi2=720 dir-multi3=1000
dir-multi9=2040 dir-nomatch=2700 dir-nomore=3140 dir-pls-enter=1340 dir-usingkeypad=5960 dir-welcome=1800
disabled=1060 do-not-disturb=1380 enabled=940 enter-num-blacklist=2400 entr-num-rmv-blklist=3100 extension=1200
feature-not-avail-line=3180 followme/call-from=1660 followme/no-recording=1780 followme/options=3580
followme/pls-hold-while-try=3260 followme/sorry=3940 followme/status=4640 for=820 from-unknown-caller=1660
goodbye=940 hello=800 hello-world=1420 hours=880 if-correct-press=1980 im-sorry=1040 info-about-last-call=2140
invalid=4120 is=620 is-in-use=1200 is-set-to=1320 letters/a=620 letters/ascii123=1220 letters/ascii124=720
letters/ascii125=1160 letters/ascii126=780 letters/ascii34=760 letters/ascii36=1300 letters/ascii37=860
letters/ascii38=1040 letters/ascii39=680 letters/ascii40=1420 letters/ascii41=1580 letters/ascii42=840
letters/ascii44=700 letters/ascii58=900 letters/ascii59=1280 letters/ascii60=1080 letters/ascii62=1240
letters/ascii63=1080 letters/ascii91=1240 letters/ascii92=1240 letters/ascii93=1260 letters/ascii94=780
letters/ascii95=1020 letters/ascii96=1080 letters/asterisk=1140 letters/at=620 letters/b=760 letters/c=880
letters/d=720 letters/dash=780 letters/dollar=860 letters/dot=760 letters/e=680 letters/equals=880
letters/exclaimation-point=1540 letters/f=600 letters/g=700 letters/h=660 letters/i=680 letters/j=760 letters/k=720
letters/l=600 letters/m=620 letters/n=620 letters/o=660 letters/p=660 letters/plus=720 letters/q=760 letters/r=740
letters/s=620 letters/slash=880 letters/space=820 letters/t=680 letters/u=800 letters/v=780 letters/w=920
letters/x=660 letters/y=760 letters/z=820 letters/zed=820 location=1200 lowercase=1160 minute=680 minutes=900
num-was-successfully=1960 number=920 number-not-answering=1660 one-moment-please=1600 pbx-invalid=4440
pbx-invalidpark=4960 pbx-parkingfailed=1720 pbx-transfer=960 phonetic/9_p=900 phonetic/a_p=920 phonetic/b_p=880
phonetic/c_p=860 phonetic/d_p=920 phonetic/e_p=780 phonetic/f_p=980 phonetic/g_p=740 phonetic/h_p=880
phonetic/i_p=760 phonetic/j_p=940 phonetic/k_p=860 phonetic/l_p=800 phonetic/m_p=720 phonetic/n_p=1020
phonetic/o_p=840 phonetic/p_p=780 phonetic/q_p=820 phonetic/r_p=920 phonetic/s_p=940 phonetic/t_p=900
phonetic/u_p=1080 phonetic/v_p=960 phonetic/w_p=980 phonetic/x_p=1000 phonetic/y_p=980 phonetic/z_p=920
please-try-again=1260 please-try-call-later=2180 pls-hold-while-try=2440 pm-invalid-option=3220
priv-callee-options=31140 priv-callpending=3920 priv-introsaved=4180 priv-recordintro=2280 privacy-incorrect=2660
privacy-prompt=3520 privacy-thankyou=960 privacy-to-blacklist-last-caller=1780 privacy-unident=4460
queue-callswaiting=2480 queue-holdtime=2800 queue-less-than=1060 queue-minute=840 queue-minutes=880
queue-periodic-announce=7840 queue-quantity1=2140 queue-quantity2=2660 queue-reporthold=1100 queue-seconds=1120
queue-thankyou=1600 queue-thereare=2260 queue-youarenext=5380 removed=880 screen-callee-options=17960 second=760
seconds=1120 silence/1=1000 silence/10=10000 silence/2=2000 silence/3=3000 silence/4=4000 silence/5=5000
silence/6=6000 silence/7=7000 silence/8=8000 silence/9=9000 simul-call-limit-reached=2380
something-terribly-wrong=2720 sorry=1240 sorry-youre-having-problems=2000 speed-dial=1260 speed-dial-empty=3240
spy-agent=940 spy-console=1140 spy-dahdi=1120 spy-h323=2000 spy-iax=820 spy-iax2=760 spy-jingle=1040 spy-local=1080
spy-mgcp=1700 spy-misdn=1700 spy-mobile=1620 spy-nbs=1100 spy-sip=680 spy-skinny=1000 spy-unistim=1240
spy-usbradio=1700 spy-zap=880 ss-noservice=4940 telephone-number=1400 time=860 to-call-this-number=1540
to-extension=1360 to-listen-to-it=1220 to-rerecord-it=1340 transfer=2400 tt-allbusy=8980 tt-monkeys=16180
tt-monkeysintro=2700 tt-somethingwrong=2580 tt-weasels=2960 unidentified-no-callback=4600 uppercase=1180
vm-Cust1=1180 vm-Cust2=1100 vm-Cust3=1280 vm-Cust4=1080 vm-Cust5=1180 vm-Family=840 vm-Friends=860 vm-INBOX=840
vm-Old=880 vm-Urgent=800 vm-Work=640 vm-advopts=2480 vm-and=680 vm-calldiffnum=2520 vm-changeto=1740 vm-delete=2300
vm-deleted=1400 vm-dialout=2180 vm-duration=1740 vm-enter-num-to-call=2040 vm-extension=1100 vm-first=760 vm-for=780
vm-forward=4920 vm-forward-multiple=4540 vm-forwardoptions=5940 vm-from=740 vm-from-extension=1880
vm-from-phonenumber=1860 vm-goodbye=880 vm-helpexit=3140 vm-incorrect=1460 vm-incorrect-mailbox=2560
vm-instructions=7280 vm-intro=5660 vm-invalid-password=5680 vm-invalidpassword=3420 vm-isonphone=1460
vm-isunavail=1260 vm-last=860 vm-leavemsg=2080 vm-login=2560 vm-mailboxfull=4160 vm-marked-nonurgent=1820
vm-marked-urgent=1880 vm-message=940 vm-messages=1080 vm-minutes=940 vm-mismatch=4740 vm-msgforwarded=3060
vm-msginstruct=14640 vm-msgsaved=2180 vm-newpassword=3700 vm-newuser=6080 vm-next=2960 vm-no=880 vm-nobodyavail=2800
vm-nobox=5180 vm-nomore=1680 vm-nonumber=3000 vm-num-i-have=1900 vm-onefor=1480 vm-onefor-full=2020 vm-options=16380
vm-opts=7580 vm-opts-full=11160 vm-passchanged=2380 vm-password=1100 vm-pls-try-again=1640 vm-press=740 vm-prev=2800
vm-reachoper=2140 vm-rec-busy=4760 vm-rec-name=4300 vm-rec-temp=5500 vm-rec-unv=5460 vm-received=1180
vm-record-prepend=7160 vm-reenterpassword=3680 vm-repeat=2900 vm-review=7760 vm-review-nonurgent=3840
vm-review-urgent=3260 vm-saved=1020 vm-savedto=1280 vm-savefolder=2880 vm-savemessage=2720 vm-saveoper=5220
vm-sorry=3080 vm-star-cancel=1860 vm-starmain=2820 vm-tempgreetactive=3000 vm-tempgreeting=3260
vm-tempgreeting2=6440 vm-tempremoved=2900 vm-then-pound=1820 vm-theperson=2040 vm-tmpexists=4860 vm-tocallback=3720
vm-tocallnum=2600 vm-tocancel=2020 vm-tocancelmsg=2660 vm-toenternumber=2540 vm-toforward=3340 vm-tohearenv=2880
vm-tomakecall=2900 vm-tooshort=1800 vm-toreply=2200 vm-torerecord=2860 vm-undelete=2940 vm-undeleted=1720
vm-unknown-caller=1620 vm-whichbox=3200 vm-youhave=920 with=700 you-entered=980 your=640
`;

/** Ids of the sounds that are installed without further ado, with their lengths. */
export const DEFAULT_SOUNDS: Readonly<Record<string, number>> = Object.fromEntries(
  TABLE.trim()
    .split(/\s+/)
    .map((entry) => {
      const [id = '', ms = ''] = entry.split('=');
      return [id, Number(ms)];
    }),
);
